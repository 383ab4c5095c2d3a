// Receives webhooks of a running server, and verifies them with the library of Standard Webhooks.
// SERVER_URL, SERVER_EMAIL and SERVER_PASSWORD name the server, which must allow 127.0.0.0/8 in
// KASSA_WEBHOOK_NETWORKS.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { SERVER_URL: server, SERVER_EMAIL: email, SERVER_PASSWORD: password } = process.env;
const received = [];
let wakeUp = () => {};

const receiver = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
  response.writeHead(204).end();
  wakeUp();
});

async function call(method, path, body, headers = {}) {
  const response = await fetch(server + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Waits for an event of a type whose signature the library accepts. */
async function next(webhook, type) {
  for (;;) {
    while (received.length > 0) {
      const { headers, body } = received.shift();
      const event = webhook.verify(body, headers);
      assert.equal(event.id, headers['webhook-id']);
      if (event.type === type) return { event, headers, body };
    }
    await new Promise((resolve) => { wakeUp = resolve; });
  }
}

setTimeout(() => { console.error('no webhook within 60 s'); process.exit(1); }, 60_000).unref();
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const { token } = await call('POST', '/v1/auth/login', { email, password });
const auth = { Authorization: `Bearer ${token}` };
const { secret, endpoint } = await call('POST', '/v1/webhook-endpoints', {
  url: `http://127.0.0.1:${receiver.address().port}/hooks`,
  eventTypes: ['order.*'],
}, auth);
const path = `/v1/webhook-endpoints/${endpoint.id}`;
try {
  const attempt = await call('POST', `${path}/test`, undefined, auth);
  assert.equal(attempt.status, 204);
  await next(new Webhook(secret), 'webhook.test');

  const order = await call('POST', '/v1/orders', {
    currency: 'EUR', lines: [{ sku: 'ÄPFEL', quantity: 2, unitPrice: '1.50' }],
  }, auth);
  const { event, headers, body } = await next(new Webhook(secret), 'order.placed');
  assert.equal(event.subject.id, order.id);
  assert.deepEqual(event.data, order);
  assert.throws(() => new Webhook(secret).verify(body.replace('ÄPFEL', 'APFEL'), headers));
  assert.throws(() => new Webhook('whsec_' + 'A'.repeat(43) + '=').verify(body, headers));

  // While two secrets are live, a receiver with either of them accepts a delivery.
  const rotated = await call('POST', `${path}/secrets`, { keepOldForSeconds: 3600 }, auth);
  await call('POST', `${path}/test`, undefined, auth);
  const both = await next(new Webhook(secret), 'webhook.test');
  new Webhook(rotated.secret).verify(both.body, both.headers);
  console.log('received and verified', event.type, event.id);
} finally {
  await call('DELETE', path, undefined, auth);
  receiver.close();
}
