-- All that one turn looks at, from one moment.
--
-- Input:
--   KEYS[1] team document        KEYS[2] user document
--   KEYS[3] set of the user's open cases     KEYS[4] hash of who holds the team's open cases
--   ARGV[1] key of the session, or '' for the one the user is in
--   ARGV[2] key of the case, or '' for the session's
--   ARGV[3] key of the event mark, or ''
--   ARGV[4] key of the post, or ''
--   ARGV[5] '1' for the user's open cases and the holders
-- Output:
--   seconds, microseconds, event seen (0 or 1), team, user, session, case, post, cases of the post, open cases, holders
--   a document is {key, rev, doc}, or {} where there is none
--
-- Pointers hold whole keys, all with the team's hash tag, so nothing here builds one.

local function document(key)
  if not key or key == '' then return {} end
  local found = redis.call('HMGET', key, 'rev', 'doc')
  -- A user document may be no more than a pointer to a session yet.
  if not found[1] then return {} end
  return { key, found[1], found[2] }
end

local function documents(keys)
  local found = {}
  for _, key in ipairs(keys) do
    local one = document(key)
    if one[1] then found[#found + 1] = one end
  end
  return found
end

local time = redis.call('TIME')
local seen = ARGV[3] ~= '' and redis.call('EXISTS', ARGV[3]) or 0

local session = ARGV[1]
if session == '' then session = redis.call('HGET', KEYS[2], 'session') end
local case = ARGV[2]
if case == '' then case = session and redis.call('HGET', session, 'case') end

local shown = ARGV[4] ~= '' and redis.call('HGET', ARGV[4], 'shown')
local all = ARGV[5] == '1'

return {
  time[1],
  time[2],
  seen,
  document(KEYS[1]),
  document(KEYS[2]),
  document(session),
  document(case),
  document(ARGV[4]),
  shown and documents(cjson.decode(shown)) or {},
  all and documents(redis.call('SMEMBERS', KEYS[3])) or {},
  all and redis.call('HVALS', KEYS[4]) or {},
}
