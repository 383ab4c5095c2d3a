// Runs the scenario of ../README.md with openapi-fetch against a running server.
// Environment: SERVER_URL, SERVER_EMAIL, SERVER_PASSWORD.
import assert from "node:assert/strict";
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated/kassa.js";

type Schemas = components["schemas"];
type Problem = Schemas["Problem"];

const run = Date.now().toString(36);
const sku = `MUG-F-${run}`;
let token: string | undefined;

const authorization: Middleware = {
  onRequest({ request }) {
    if (token !== undefined) {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    return request;
  },
};
const api = createClient<paths>({ baseUrl: required("SERVER_URL") });
api.use(authorization);

function required(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}

/** Returns the data of a successful answer. */
function ok<T>(answer: { data?: T; error?: Problem; response: Response }, status: number): T {
  assert.equal(answer.response.status, status, JSON.stringify(answer.error));
  assert.ok(answer.data !== undefined, "the answer has no body");
  return answer.data;
}

/** Returns the problem of a rejected answer. */
function rejected(
  answer: { error?: Problem; response: Response },
  status: number,
  code: Problem["code"],
): Problem {
  assert.equal(answer.response.status, status);
  assert.ok(answer.error, "the answer has no problem");
  assert.equal(answer.error.status, status);
  assert.equal(answer.error.code, code);
  return answer.error;
}

function tagOf(answer: { response: Response }): string {
  const tag = answer.response.headers.get("ETag");
  assert.ok(tag, "the answer has no ETag");
  return tag;
}

async function signIn(): Promise<void> {
  rejected(await api.GET("/v1/orders"), 401, "unauthenticated");
  rejected(
    await api.POST("/v1/auth/login", {
      body: { email: required("SERVER_EMAIL"), password: "not the password" },
    }),
    401,
    "login_failed",
  );
  const session = ok(
    await api.POST("/v1/auth/login", {
      body: { email: required("SERVER_EMAIL"), password: required("SERVER_PASSWORD") },
    }),
    200,
  );
  token = session.token;
  assert.ok(token);
  assert.equal(session.user.email, required("SERVER_EMAIL"));
}

async function createProduct(): Promise<void> {
  const created = ok(
    await api.POST("/v1/products", {
      body: { sku, name: "Mug", unitPrice: "100.00", currency: "USD", tags: ["mug"] },
    }),
    201,
  );
  assert.deepEqual(created.tags, ["mug"]);
  assert.equal(created.listPrice, null);
  rejected(
    await api.POST("/v1/products", {
      body: { sku, name: "Mug", unitPrice: "100.00", currency: "USD" },
    }),
    409,
    "product_exists",
  );
}

async function quote(): Promise<string> {
  const priced = ok(
    await api.POST("/v1/quotes", {
      params: { query: { explain: true } },
      body: { currency: "USD", lines: [{ sku, quantity: 10 }] },
    }),
    200,
  );
  assert.equal(priced.subtotal, "1000.00");
  assert.equal(priced.total, "900.00");
  assert.equal(priced.trace?.some((entry) => entry.outcome === "applied"), true);
  assert.equal(priced.discounts[0]?.amount, "100.00");
  return priced.priceHash;
}

async function order(priceHash: string): Promise<string> {
  const place = () =>
    api.POST("/v1/orders", {
      params: { header: { "Idempotency-Key": `order-f-${run}` } },
      body: { currency: "USD", lines: [{ sku, quantity: 10 }], priceHash },
    });
  const first = await place();
  const placed = ok(first, 201);
  const again = await place();
  assert.equal(ok(again, 201).id, placed.id);
  assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
  assert.equal(placed.total, "900.00");
  assert.equal(placed.status, "placed");

  const path = { id: placed.id };
  rejected(
    await api.POST("/v1/orders/{id}/pay", {
      params: { path, header: { "If-Match": '"99"' } },
      body: {},
    }),
    412,
    "precondition_failed",
  );
  const paid = ok(
    await api.POST("/v1/orders/{id}/pay", {
      params: { path, header: { "If-Match": tagOf(first) } },
      body: {},
    }),
    200,
  );
  assert.equal(paid.status, "paid");
  return placed.id;
}

async function refund(id: string): Promise<void> {
  const computed = ok(
    await api.POST("/v1/orders/{id}/refunds", {
      params: { path: { id }, query: { dryRun: true } },
      body: { lines: [{ sku, quantity: 2 }], reason: "broken" },
    }),
    200,
  );
  assert.equal(computed.total, "180.00");
  assert.equal(computed.version, null);
  const found = ok(await api.GET("/v1/orders/{id}", { params: { path: { id } } }), 200);
  assert.equal(found.refundedTotal, "0.00");
}

async function list(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    ok(
      await api.POST("/v1/orders", {
        body: { currency: "USD", lines: [{ sku, quantity: 1 }], metadata: { till: String(i) } },
      }),
      201,
    );
  }
  const ids = new Set<string>();
  let cursor: string | null | undefined;
  do {
    const page = ok(
      await api.GET("/v1/orders", {
        params: { query: { sku, limit: 2, ...(cursor ? { cursor } : {}) } },
      }),
      200,
    );
    for (const listed of page.data) {
      ids.add(listed.id);
    }
    cursor = page.nextCursor;
  } while (cursor);
  assert.equal(ids.size, 3);
  rejected(
    await api.GET("/v1/orders", { params: { query: { cursor: "nonsense" } } }),
    400,
    "invalid_cursor",
  );
}

async function rules(): Promise<void> {
  const created = await api.POST("/v1/rules", {
    body: {
      name: `Santa ${run}`,
      code: `SANTA-F-${run}`,
      window: { from: "2026-01-01T00:00:00Z", to: "2036-01-01T00:00:00Z" },
      when: {
        minSubtotal: "10.00",
        not: { channels: ["fax"] },
        any: [{ customerGroups: ["wholesale"] }, { all: [{ minQuantity: 2 }, { noSaleItems: true }] }],
      },
      effects: [
        { type: "percent_off_order", percent: "15", target: { tags: ["mug"] } },
        { type: "amount_off_units", amount: "1.00", target: { skus: [sku] } },
        { type: "percent_off_shipping", percent: "100" },
      ],
      limits: { total: 1000 },
    },
  });
  const rule = ok(created, 201);
  const path = { id: rule.id };
  const read = await api.GET("/v1/rules/{id}", { params: { path } });
  const found = ok(read, 200);
  assert.deepEqual(
    found.effects.map((effect) => effect.type),
    ["percent_off_order", "amount_off_units", "percent_off_shipping"],
  );
  for (const effect of found.effects) {
    if (effect.type === "percent_off_order") {
      assert.equal(effect.percent, "15");
    }
  }

  // What is read can be sent back.
  const replaced = ok(
    await api.PUT("/v1/rules/{id}", {
      params: { path, header: { "If-Match": tagOf(read) } },
      body: found,
    }),
    200,
  );
  assert.deepEqual(replaced.effects, found.effects);
  assert.deepEqual(replaced.when, found.when);
  ok(await api.POST("/v1/rules/{id}/activate", { params: { path } }), 200);
  const priced = ok(
    await api.POST("/v1/quotes", {
      body: { currency: "USD", lines: [{ sku, quantity: 2 }], codes: [`santa-f-${run}`] },
    }),
    200,
  );
  assert.equal(priced.discounts.some((discount) => discount.ruleId === rule.id), true);
  ok(await api.POST("/v1/rules/{id}/archive", { params: { path } }), 200);
}

async function errors(): Promise<void> {
  const invalid = rejected(
    await api.POST("/v1/orders", {
      body: { currency: "USD", lines: [{ sku, quantity: 0 }] },
    }),
    422,
    "invalid_value",
  );
  assert.equal(invalid.errors[0]?.pointer, "/lines/0/quantity");
  assert.equal(invalid.errors[0]?.code, "out_of_range");
  rejected(
    await api.GET("/v1/orders/{id}", { params: { path: { id: "999999999" } } }),
    404,
    "not_found",
  );
}

async function deleteProduct(): Promise<void> {
  const read = await api.GET("/v1/products/{sku}", { params: { path: { sku } } });
  ok(read, 200);
  const deleted = await api.DELETE("/v1/products/{sku}", {
    params: { path: { sku }, header: { "If-Match": tagOf(read) } },
  });
  assert.equal(deleted.response.status, 204, JSON.stringify(deleted.error));
  rejected(await api.GET("/v1/products/{sku}", { params: { path: { sku } } }), 404, "not_found");
}

async function signOut(): Promise<void> {
  const answer = await api.POST("/v1/auth/logout");
  assert.equal(answer.response.status, 204, JSON.stringify(answer.error));
  rejected(await api.GET("/v1/orders"), 401, "unauthenticated");
}

await signIn();
await createProduct();
const priceHash = await quote();
const id = await order(priceHash);
await refund(id);
await list();
await rules();
await errors();
await deleteProduct();
await signOut();
console.log("typescript-fetch: the scenario passed");
