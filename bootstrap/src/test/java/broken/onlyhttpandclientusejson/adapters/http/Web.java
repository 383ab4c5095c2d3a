package broken.onlyhttpandclientusejson.adapters.http;

import com.fasterxml.jackson.annotation.JacksonInject;
import tools.jackson.databind.JsonNode;

/** Knows it where it may. */
interface Web {
  void use(JsonNode jsonNode);

  void use(JacksonInject jacksonInject);
}
