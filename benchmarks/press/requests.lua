-- Sends ready-made requests in turn. First argument: a file of them, each with its length before
-- it. Second: "numbered" when "@@@@@@@@" in the first request is another number each time, "paced"
-- when each connection waits between two; third: for how many milliseconds, on average.
local requests, numbered, count = {}, false, 0
local pause = 0
local before, after

function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  numbered = args[2] == "numbered"
  if args[2] == "paced" then
    pause = tonumber(args[3])
  else
    delay = nil
  end
  before, after = requests[1]:match("^(.-)@@@@@@@@(.*)$")
  math.randomseed(os.time())
  count = numbered and math.random(1, 9e7) or 0
  io.stderr:write("ready\n")
end

function request()
  count = count + 1
  if numbered then
    return before .. string.format("%08d", count) .. after
  end
  return requests[(count - 1) % #requests + 1]
end

function delay()
  return math.random(0, 2 * pause)
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p95":%d,"p99":%d,"most":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    latency:percentile(99), latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
