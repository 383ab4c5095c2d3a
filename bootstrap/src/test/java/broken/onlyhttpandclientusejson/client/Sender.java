package broken.onlyhttpandclientusejson.client;

import com.fasterxml.jackson.annotation.JacksonInject;
import tools.jackson.databind.JsonNode;

/** Knows it where it may. */
interface Sender {
  void use(JsonNode jsonNode);

  void use(JacksonInject jacksonInject);
}
