-- Requests for wrk. After "--": mode, method, path, and a file of cookies or "-".
--   loop   every session again and again
--   once   every session one time, then stop
--   count  no session; the path gets a running number
-- SERVERS (host:port,...) names the servers: each thread of wrk loads one.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } clock_time;
  int clock_gettime(int clock, clock_time *time);
]]

local function now()
  local time = ffi.new("clock_time")
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

local servers, threads = {}, {}
for host, port in os.getenv("SERVERS"):gmatch("([^:,]+):(%d+)") do
  servers[#servers + 1] = { host = host, port = port }
end

function setup(thread)
  local server = servers[#threads % #servers + 1]
  thread.addr = wrk.lookup(server.host, server.port)[1]
  thread:set("index", #threads)
  threads[#threads + 1] = thread
end

local mode, method, path, requests, position, unsent

-- Used again and again, a session meets every server. Used once, it meets another one than signed it in.
function init(args)
  mode, method, path = args[1], args[2], args[3]
  requests, position, unsent = {}, 0, index == 0
  if args[4] == "-" then return end
  local stride, line = tonumber(args[5]), 0
  for cookie in io.lines(args[4]) do
    line = line + 1
    if mode == "loop" or line % stride == index then
      requests[#requests + 1] = wrk.format(method, path, { Cookie = cookie })
    end
  end
  if mode == "loop" then position = math.floor(#requests / stride * index) end
end

-- Before any thread runs, wrk asks the first one for a request, to look at and not to send.
function request()
  if unsent then
    unsent = false
    return wrk.format(method, path)
  end
  started = started or now()
  position = position + 1
  if mode == "count" then return wrk.format(method, path .. index .. "-" .. position) end
  if mode == "once" and position > #requests then
    ended = ended or now()
    wrk.thread:stop()
  end
  return requests[(position - 1) % #requests + 1]
end

function done(summary)
  local first, last = math.huge, 0
  for _, thread in ipairs(threads) do
    first = math.min(first, thread:get("started"))
    last = math.max(last, thread:get("ended") or math.huge)
  end
  local seconds = math.min(summary.duration / 1e6, last - first)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"refused":%d,"failed":%d}\n',
    summary.requests, seconds, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
