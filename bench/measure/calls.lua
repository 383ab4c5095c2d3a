-- wrk script with the calls of bench/run. CALL names the call, TOKEN is the credential, IDS a file with ids of orders.
local call = os.getenv("CALL")
local prefix = string.format("%x-%x-", os.time(), math.floor(os.clock() * 1e6))
local n = 0
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")

local function cart()
  return string.format('{"currency":"USD","lines":[{"sku":"MUG-%d","quantity":%d,"unitPrice":"12.50"},{"sku":"TEE-%d","quantity":%d,"unitPrice":"19.99"},{"sku":"CAP-%d","quantity":%d,"unitPrice":"7.25"}]}',
    n % 997, n % 60 + 1, n % 89, n % 12 + 1, n % 31, n % 5 + 1)
end

local function post(path)
  wrk.headers["Content-Type"] = "application/json"
  return function() n = n + 1; return wrk.format("POST", path, nil, cart()) end
end

if call == "order" then
  request = post("/v1/orders")
elseif call == "order with key" then
  wrk.headers["Content-Type"] = "application/json"
  request = function()
    n = n + 1
    wrk.headers["Idempotency-Key"] = prefix .. n
    return wrk.format("POST", "/v1/orders", nil, cart())
  end
elseif call == "quote" then
  request = post("/v1/quotes")
elseif call == "order by id" then
  local ids = {}
  for id in io.lines(os.getenv("IDS")) do ids[#ids + 1] = id end
  request = function() n = n + 1; return wrk.format("GET", "/v1/orders/" .. ids[n % #ids + 1]) end
else
  local paths = { ["page of 50"] = "/v1/orders?limit=50", ["sessions"] = "/v1/sessions", ["health"] = "/health" }
  wrk.path = paths[call]
end
