// Checks the page /docs of a running server in Chromium.
// Environment: SERVER_URL, SERVER_EMAIL, SERVER_PASSWORD, CHROMIUM (path of the browser).
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const url = required("SERVER_URL");
const email = required("SERVER_EMAIL");
const password = required("SERVER_PASSWORD");

function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}

const browser = await chromium.launch({
  executablePath: required("CHROMIUM"),
  args: ["--no-sandbox"],
});

/** Opens the page and returns it with what the browser complained about. */
async function open(width, height) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(120_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (line) => {
    // The answers 401 of the checks below are no fault of the page.
    if (line.type() === "error" && !line.text().includes("status of 401")) {
      complaints.push(`console: ${line.text()}`);
    }
  });
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin) {
      complaints.push(`other host: ${request.url()}`);
    }
  });
  await page.goto(`${url}/docs`);
  await page.waitForSelector(".opblock");
  return { page, complaints };
}

/** Opens an operation and waits until its references are resolved. */
async function openOperation(page, block) {
  await block.locator(".opblock-summary-control").click();
  await block.locator(".opblock-body .responses-wrapper").waitFor();
}

function operation(page, method, path) {
  return page
    .locator(`.opblock-${method}`)
    .filter({ has: page.locator(`[data-path="${path}"]`) });
}

/** Executes an operation with what the page has filled in, and returns status and body. */
async function execute(page, block) {
  const response = page.waitForResponse((candidate) => candidate.url().includes("/v1/"));
  await block.locator("button.execute").click();
  const answer = await response;
  return { status: answer.status(), text: await answer.text() };
}

async function checkFiles() {
  const { page } = await open(1280, 900);
  const sizes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry.name.startsWith(location.origin))
      .map((entry) => ({ name: entry.name, bytes: entry.encodedBodySize })),
  );
  const total = sizes.reduce((sum, entry) => sum + entry.bytes, 0);
  assert.ok(total > 0 && total < 700_000, `the page loads ${total} bytes`);
  await page.close();
  return `${total} bytes`;
}

/** Opens every operation on a narrow screen, one after the other, as a person would. */
async function checkOperations() {
  const { page, complaints } = await open(390, 844);
  await assertFits(page, "all operations closed");
  const count = await page.locator(".opblock").count();
  for (let i = 0; i < count; i++) {
    const block = page.locator(".opblock").nth(i);
    const name = (await block.locator(".opblock-summary-path").innerText()).trim();
    await openOperation(page, block);
    assert.deepEqual(await block.evaluate(filledOptionalParameters), [], `filled in: ${name}`);
    await assertFits(page, name);
    await block.locator(".opblock-summary-control").click();
    await block.locator(".opblock-body").waitFor({ state: "detached" });
  }
  const errors = await page.locator(".errors-wrapper .error-wrapper").allInnerTexts();
  assert.deepEqual(errors, [], "resolver errors");
  assert.deepEqual(complaints, []);
  await page.close();
  return `${count} operations, 390 px wide`;
}

/** Returns the optional parameters of an operation that have a value. Runs in the browser. */
function filledOptionalParameters(block) {
  return [...block.querySelectorAll("tr[data-param-name]")]
    .filter((row) => row.querySelector(".parameter__name.required") === null)
    .flatMap((row) =>
      [...row.querySelectorAll("input:not([type=checkbox]), textarea, select")]
        .filter((input) => input.value !== "" && input.value !== "--")
        .map((input) => `${row.dataset.paramName}=${input.value}`),
    );
}

async function checkSignIn() {
  const { page, complaints } = await open(1280, 900);
  const list = operation(page, "get", "/v1/orders");
  await openOperation(page, list);
  assert.equal((await execute(page, list)).status, 401, "before the sign-in");

  await page.fill("#email", email);
  await page.fill("#password", `${password} wrong`);
  await page.click("#sign-in button");
  await page.waitForSelector("#message.error");
  await page.fill("#password", password);
  await page.click("#sign-in button");
  await page.waitForSelector("#sign-out:not([hidden])");
  assert.equal(await page.locator("#user").innerText(), email);
  assert.equal(await page.inputValue("#password"), "", "the password stays in its field");

  const place = operation(page, "post", "/v1/orders");
  await openOperation(page, place);
  const first = await execute(page, place);
  const second = await execute(page, place);
  assert.equal(first.status, 201, first.text);
  assert.equal(second.status, 201, second.text);
  assert.notEqual(JSON.parse(first.text).id, JSON.parse(second.text).id);

  const listed = await execute(page, list);
  assert.equal(listed.status, 200, listed.text);
  assert.ok(JSON.parse(listed.text).data.length >= 2, "the list without filters has the orders");

  await page.click("#sign-out button");
  await page.waitForSelector("#sign-in:not([hidden])");
  assert.equal((await execute(page, list)).status, 401, "after the sign-out");
  assert.deepEqual(complaints, []);
  await page.close();
  return "signed in, placed 2 orders, listed, signed out";
}

/** The page must not scroll sideways; parts of it may. */
async function assertFits(page, state) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(parent).overflowX)) {
          return true;
        }
      }
      return false;
    };
    return document.documentElement.scrollWidth <= width
      ? []
      : [...document.body.querySelectorAll("*")]
          .filter((element) => element.getBoundingClientRect().right > width + 1)
          .filter((element) => !scrolls(element))
          .map((element) => `${element.tagName}.${element.getAttribute("class")}`)
          .slice(0, 20)
          .concat(`scrolls to ${document.documentElement.scrollWidth}`);
  });
  assert.deepEqual(wide, [], `wider than the screen: ${state}`);
}

try {
  const checks = { checkFiles, checkSignIn, checkOperations };
  for (const [name, check] of Object.entries(checks)) {
    console.log(`docs page: ${name}: ${await check()}`);
  }
} finally {
  await browser.close();
}
