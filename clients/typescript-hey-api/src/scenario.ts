// Runs the scenario of ../README.md with the client of @hey-api/openapi-ts against a running server.
// Environment: SERVER_URL, SERVER_EMAIL, SERVER_PASSWORD.
import assert from "node:assert/strict";
import { client } from "./generated/client.gen.js";
import * as api from "./generated/sdk.gen.js";
import type { Problem } from "./generated/types.gen.js";

const run = Date.now().toString(36);
const sku = `MUG-H-${run}`;
let token: string | undefined;

client.setConfig({ baseUrl: required("SERVER_URL"), auth: () => token });

function required(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}

/** What the client returns for each call. */
type Answer = { error?: Problem; response?: Response };

function responseOf(answer: Answer): Response {
  assert.ok(answer.response, "there is no answer");
  return answer.response;
}

/** Returns the data of a successful answer. */
function ok<T>(answer: Answer & { data?: T }, status: number): T {
  assert.equal(responseOf(answer).status, status, JSON.stringify(answer.error));
  assert.ok(answer.data !== undefined, "the answer has no body");
  return answer.data;
}

/** Returns the problem of a rejected answer. */
function rejected(
  answer: Answer,
  status: number,
  code: Problem["code"],
): Problem {
  assert.equal(responseOf(answer).status, status);
  assert.ok(answer.error, "the answer has no problem");
  assert.equal(answer.error.status, status);
  assert.equal(answer.error.code, code);
  return answer.error;
}

function tagOf(answer: Answer): string {
  const tag = responseOf(answer).headers.get("ETag");
  assert.ok(tag, "the answer has no ETag");
  return tag;
}

async function signIn(): Promise<void> {
  rejected(await api.listOrders(), 401, "unauthenticated");
  rejected(
    await api.signIn({
      body: { email: required("SERVER_EMAIL"), password: "not the password" },
    }),
    401,
    "login_failed",
  );
  const session = ok(
    await api.signIn({
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
    await api.createProduct({
      body: { sku, name: "Mug", unitPrice: "100.00", currency: "USD", tags: ["mug"] },
    }),
    201,
  );
  assert.deepEqual(created.tags, ["mug"]);
  assert.equal(created.listPrice, null);
  rejected(
    await api.createProduct({
      body: { sku, name: "Mug", unitPrice: "100.00", currency: "USD" },
    }),
    409,
    "product_exists",
  );
}

async function quote(): Promise<string> {
  const priced = ok(
    await api.quoteCart({
      query: { explain: true },
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
    api.placeOrder({
      headers: { "Idempotency-Key": `order-h-${run}` },
      body: { currency: "USD", lines: [{ sku, quantity: 10 }], priceHash },
    });
  const first = await place();
  const placed = ok(first, 201);
  const again = await place();
  assert.equal(ok(again, 201).id, placed.id);
  assert.equal(responseOf(again).headers.get("Idempotent-Replayed"), "true");
  assert.equal(placed.total, "900.00");
  assert.equal(placed.status, "placed");

  const path = { id: placed.id };
  rejected(
    await api.payOrder({
      path, headers: { "If-Match": '"99"' },
      body: {},
    }),
    412,
    "precondition_failed",
  );
  const paid = ok(
    await api.payOrder({
      path, headers: { "If-Match": tagOf(first) },
      body: {},
    }),
    200,
  );
  assert.equal(paid.status, "paid");
  return placed.id;
}

async function refund(id: string): Promise<void> {
  const computed = ok(
    await api.refundOrder({
      path: { id }, query: { dryRun: true },
      body: { lines: [{ sku, quantity: 2 }], reason: "broken" },
    }),
    200,
  );
  assert.equal(computed.total, "180.00");
  assert.equal(computed.version, null);
  const found = ok(await api.findOrder({ path: { id } }), 200);
  assert.equal(found.refundedTotal, "0.00");
}

async function list(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    ok(
      await api.placeOrder({
        body: { currency: "USD", lines: [{ sku, quantity: 1 }], metadata: { till: String(i) } },
      }),
      201,
    );
  }
  const ids = new Set<string>();
  let cursor: string | null | undefined;
  do {
    const page = ok(
      await api.listOrders({
        query: { sku, limit: 2, ...(cursor ? { cursor } : {}) },
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
    await api.listOrders({ query: { cursor: "nonsense" } }),
    400,
    "invalid_cursor",
  );
}

async function rules(): Promise<void> {
  const created = await api.createRule({
    body: {
      name: `Santa ${run}`,
      code: `SANTA-H-${run}`,
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
  const read = await api.findRule({ path });
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
    await api.replaceRule({
      path, headers: { "If-Match": tagOf(read) },
      body: found,
    }),
    200,
  );
  assert.deepEqual(replaced.effects, found.effects);
  assert.deepEqual(replaced.when, found.when);
  ok(await api.activateRule({ path }), 200);
  const priced = ok(
    await api.quoteCart({
      body: { currency: "USD", lines: [{ sku, quantity: 2 }], codes: [`santa-h-${run}`] },
    }),
    200,
  );
  assert.equal(priced.discounts.some((discount) => discount.ruleId === rule.id), true);
  ok(await api.archiveRule({ path }), 200);
}

async function errors(): Promise<void> {
  const invalid = rejected(
    await api.placeOrder({
      body: { currency: "USD", lines: [{ sku, quantity: 0 }] },
    }),
    422,
    "invalid_value",
  );
  assert.equal(invalid.errors[0]?.pointer, "/lines/0/quantity");
  assert.equal(invalid.errors[0]?.code, "out_of_range");
  rejected(
    await api.findOrder({ path: { id: "999999999" } }),
    404,
    "not_found",
  );
}

async function deleteProduct(): Promise<void> {
  const read = await api.findProduct({ path: { sku } });
  ok(read, 200);
  const deleted = await api.deleteProduct({
    path: { sku }, headers: { "If-Match": tagOf(read) },
  });
  assert.equal(responseOf(deleted).status, 204, JSON.stringify(deleted.error));
  rejected(await api.findProduct({ path: { sku } }), 404, "not_found");
}

async function signOut(): Promise<void> {
  const answer = await api.signOut();
  assert.equal(responseOf(answer).status, 204, JSON.stringify(answer.error));
  rejected(await api.listOrders(), 401, "unauthenticated");
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
console.log("typescript-hey-api: the scenario passed");
