import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "../../adapters-http/src/main/resources/META-INF/kassa/openapi.json",
  output: { path: "src/generated", importFileExtension: ".js" },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
});
