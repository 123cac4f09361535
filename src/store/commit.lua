-- All that one turn changes, or nothing of it.
--
-- Input:
--   KEYS    every key below that is known beforehand; all have the team's hash tag
--   ARGV[1] the plan as JSON (commit-plan.ts)
--   ARGV[2] onwards: the sealed documents
-- Output: 'done', 'stale' (a document is not at the revision this was decided from) or 'repeated' (the event is known)
--
-- Everything is checked before the first write: a script is not rolled back.

local plan = cjson.decode(ARGV[1])

if plan.event and redis.call('EXISTS', plan.event.key) == 1 then return 'repeated' end
for _, documents in ipairs({ plan.writes, plan.reads }) do
  for _, document in ipairs(documents) do
    if tonumber(redis.call('HGET', document.key, 'rev') or 0) ~= document.rev then return 'stale' end
  end
end

-- The user's own document points to the session they are in, and the session back, so that deleting it finds the way.
local function settleSession(write)
  if write.user then
    redis.call('HSET', write.key, 'user', write.user)
    redis.call('HSET', write.user, 'session', write.key)
    return
  end
  local user = redis.call('HGET', write.key, 'user')
  if user and redis.call('HGET', user, 'session') == write.key then redis.call('HDEL', user, 'session') end
end

-- Whoever no longer has a part in the case loses it from their set.
local function settlePeople(write)
  local keep = {}
  for _, mine in ipairs(write.people) do
    keep[mine] = true
    redis.call('SADD', mine, write.key)
  end
  for _, mine in ipairs(cjson.decode(redis.call('HGET', write.key, 'people') or '[]')) do
    if not keep[mine] then redis.call('SREM', mine, write.key) end
  end
  if write.holder then
    redis.call('HSET', plan.holders, write.key, write.holder)
  else
    redis.call('HDEL', plan.holders, write.key)
  end
  redis.call(write.open and 'SADD' or 'SREM', plan.open, write.key)
end

for _, write in ipairs(plan.writes) do
  if write.kind == 'session' then settleSession(write) end
  if write.kind == 'case' then settlePeople(write) end
  if write.body then
    redis.call('HSET', write.key, 'rev', string.format('%d', write.rev + 1), 'doc', ARGV[write.body])
    for field, value in pairs(write.set) do redis.call('HSET', write.key, field, value) end
    for _, field in ipairs(write.clear) do redis.call('HDEL', write.key, field) end
    if write.expiry then redis.call('PEXPIRE', write.key, write.expiry) end
  else
    redis.call('DEL', write.key)
  end
end

for _, entry in ipairs(plan.due) do
  local score = tonumber(redis.call('ZSCORE', plan.dueKey, entry.name) or nil)
  local moved = entry.unless and score ~= tonumber(entry.unless)
  -- What is due already is about to be said: only whoever says it may put it off.
  local pending = not entry.unless and entry.at and plan.now and score
    and score <= tonumber(plan.now) and tonumber(entry.at) > tonumber(plan.now)
  if not moved and not pending then
    if entry.at then
      redis.call('ZADD', plan.dueKey, entry.at, entry.name)
    else
      redis.call('ZREM', plan.dueKey, entry.name)
      redis.call('HDEL', plan.tries, entry.name)
    end
  end
end

if #plan.audit > 0 then
  local time = redis.call('TIME')
  local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
  for _, fields in ipairs(plan.audit) do
    redis.call('XADD', plan.auditKey, 'MAXLEN', '~', plan.auditLength, '*', 'at', at, unpack(fields))
  end
end

if plan.event then redis.call('SET', plan.event.key, '1', 'PX', plan.event.expiry) end

return 'done'
