-- The load of wrk: random requests of a file, one "METHOD<tab>PATH<tab>BODY" a line. EACH-REQUEST-ITS-INSTANT becomes an
-- instant that no other request of the benchmark has. Prints the number of requests sent so far (after each of the first 1,000, then
-- after every 16th), and in the end the errors as a line of JSON.
-- Arguments: the file; the number of the run, from 1.
local OWN_INSTANT = "EACH-REQUEST-ITS-INSTANT"
local PATTERN = OWN_INSTANT:gsub("-", "%%-")
local FIRST = 946684800 -- 2000-01-01
local SECONDS_OF_RUN = 100000 -- in each of which there are a thousand instants

local requests = {}
local second
local sent = 0
local isCounting = false

function init(args)
  second = FIRST + args[2] * SECONDS_OF_RUN
  math.randomseed(args[2])
  for line in io.lines(args[1]) do
    local method, path, body = line:match("^(.-)\t(.-)\t(.*)$")
    isCounting = isCounting or line:find(OWN_INSTANT, 1, true) ~= nil
    requests[#requests + 1] = wrk.format(method, path, nil, body ~= "" and body or nil)
  end
end

local function ownInstant()
  local text = os.date("!%Y-%m-%dT%H:%M:%S", second + math.floor(sent / 1000))
  return string.format("%s.%03dZ", text, sent % 1000)
end

function request()
  sent = sent + 1
  if sent < 1000 or sent % 16 == 0 then
    io.write(sent, "\n")
    io.flush()
  end
  local text = requests[math.random(#requests)]
  return isCounting and text:gsub(PATTERN, ownInstant) or text
end

function done(summary)
  local errors = summary.errors
  io.write(string.format(
    '{"status":%d,"socket":%d}\n',
    errors.status, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
