package broken.onlyhttpandclientusejson.bootstrap;

import com.fasterxml.jackson.annotation.JacksonInject;
import tools.jackson.databind.JsonNode;

/** Knows it where it may not. */
interface Start {
  void use(JsonNode jsonNode);

  void use(JacksonInject jacksonInject);
}
