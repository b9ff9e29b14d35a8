// The scripts of the shared logs. Redis runs each script atomically, so no client sees a log between two of its steps. The keys
// of a log: a hash (owner, fence, epoch, seq, head, asOf, at, stale), a hash of its items, and a stream of its entries, whose ids
// are the numbers of their last events. `at` is the time when the read began, by the clock of Redis, because the clocks of two
// machines may differ. `run` is the id of the server process: after a restart of Redis or a failover to a replica, the last
// writes may be lost. Then the log starts again under a new epoch, so that no number is used twice.
import { Script } from '../fleet.ts';

const NOW = `local time = redis.call('TIME')
local now = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))`;

/** keys: log, items, entries; arguments: me, dead, a new epoch, ttl, channel, what to tell. */
export const takeLog = new Script(
  'take-log',
  `
local me, dead, epoch, ttl = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
${NOW}
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner == false or redis.call('HGET', KEYS[1], 'run') ~= run then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'run', run, 'owner', '', 'fence', 0, 'epoch', epoch, 'seq', 0, 'head', 'null', 'asOf', '', 'at', now, 'stale', 0)
  owner = ''
end
if owner == '' or owner == dead then
  redis.call('HSET', KEYS[1], 'owner', me)
  redis.call('HINCRBY', KEYS[1], 'fence', 1)
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
redis.call('PEXPIRE', KEYS[1], ttl)
redis.call('PEXPIRE', KEYS[2], ttl)
redis.call('PEXPIRE', KEYS[3], ttl)
local log = redis.call('HMGET', KEYS[1], 'owner', 'fence', 'epoch', 'seq', 'head', 'asOf', 'at', 'stale')
log[7] = string.format('%d', now - log[7])
log[9] = redis.call('HGETALL', KEYS[2])
log[10] = now
return log
`,
);

/**
 * keys: log, items, entries; arguments: owner, fence, epoch, seq, count, message, head, asOf, stale, kept from, ttl, channel, age,
 * whether the items are all, the store's time when it was sent, number of set items, then these (id, value) and the removed ones
 * (id). A command may be carried out long after it was sent, when Redis was paused: so its own time alone does not tell when the
 * read began. Returns the number of receivers, or -1, and the store's time.
 */
export const commitEntry = new Script(
  'commit-entry',
  `
local log = redis.call('HMGET', KEYS[1], 'owner', 'fence', 'epoch', 'seq')
${NOW}
for at = 1, 4 do
  if log[at] ~= ARGV[at] then return { -1, now } end
end
local seq = string.format('%d', ARGV[4] + ARGV[5])
redis.call('HSET', KEYS[1], 'seq', seq, 'head', ARGV[7], 'asOf', ARGV[8], 'stale', ARGV[9])
if ARGV[9] == '0' or ARGV[14] == '1' then
  redis.call('HSET', KEYS[1], 'at', string.format('%d', math.min(now, ARGV[15]) - ARGV[13]))
end
if ARGV[14] == '1' then redis.call('DEL', KEYS[2]) end
local from = 17 + 2 * ARGV[16]
for at = 17, from - 1, 2 do redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1]) end
for at = from, #ARGV do redis.call('HDEL', KEYS[2], ARGV[at]) end
if ARGV[5] ~= '0' then
  redis.call('XADD', KEYS[3], seq .. '-0', 'm', ARGV[6])
  redis.call('XTRIM', KEYS[3], 'MINID', ARGV[10] .. '-0')
end
redis.call('PEXPIRE', KEYS[1], ARGV[11])
redis.call('PEXPIRE', KEYS[2], ARGV[11])
redis.call('PEXPIRE', KEYS[3], ARGV[11])
return { redis.call('PUBLISH', ARGV[12], ARGV[6]), now }
`,
);

/**
 * keys: log, items, entries of each log; arguments: owner, ttl, channel, the beginning of the message and its end, the store's time
 * when it was sent, and for each log: fence, epoch, seq, asOf, age, the log's channel, its part of the message. Returns the
 * number of receivers of each log, or -1, and the store's time. The time to live is renewed when a third of it is over.
 */
export const confirmLogs = new Script(
  'confirm-logs',
  `
local owner, ttl, told, joined = ARGV[1], tonumber(ARGV[2]), {}, {}
${NOW}
for index = 1, #KEYS / 3 do
  local key, at = KEYS[3 * index - 2], 7 * index
  local log = redis.call('HMGET', key, 'owner', 'fence', 'epoch', 'seq')
  if log[1] == owner and log[2] == ARGV[at] and log[3] == ARGV[at + 1] and log[4] == ARGV[at + 2] then
    local began = string.format('%d', math.min(now, ARGV[6]) - ARGV[at + 4])
    redis.call('HSET', key, 'asOf', ARGV[at + 3], 'at', began)
    if redis.call('PTTL', key) * 3 < ttl * 2 then
      for part = 0, 2 do redis.call('PEXPIRE', KEYS[3 * index - part], ttl) end
    end
    told[#told + 1] = ARGV[at + 6]
    joined[index] = redis.call('PUBSUB', 'NUMSUB', ARGV[at + 5])[2]
  else
    joined[index] = -1
  end
end
if #told > 0 then redis.call('PUBLISH', ARGV[3], ARGV[4] .. table.concat(told, ',') .. ARGV[5]) end
return { joined, now }
`,
);

/** keys: log, items, entries; arguments: owner, fence, epoch, the new epoch. */
export const renewLog = new Script(
  'renew-log',
  `
local log = redis.call('HMGET', KEYS[1], 'owner', 'fence', 'epoch')
for at = 1, 3 do
  if log[at] ~= ARGV[at] then return 0 end
end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'epoch', ARGV[4], 'seq', 0, 'head', 'null', 'asOf', '', 'stale', 0)
return 1
`,
);

/** keys: log; arguments: who leads, channel, what to tell. */
export const releaseLog = new Script(
  'release-log',
  `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', '')
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1
`,
);

/** keys: log, entries; arguments: epoch, seq. */
export const logHistory = new Script(
  'log-history',
  `
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return {} end
return redis.call('XRANGE', KEYS[2], '(' .. ARGV[2] .. '-0', '+')
`,
);
