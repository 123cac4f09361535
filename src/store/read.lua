-- All that one turn looks at, from one moment.
--
-- Input:
--   KEYS[1] team document        KEYS[2] user document
--   KEYS[3] set of the user's open cases     KEYS[4] hash of who holds the team's open cases
--   ARGV[1] key of the session that a card names, or ''; where there is none, the one the user is in
--   ARGV[2] key of the case, or ''; the case of a session that is named comes first, and of the user's last
--   ARGV[3] key of the event mark, or ''
--   ARGV[4] key of the post, or ''
--   ARGV[5] '1' for the user's open cases and the holders
-- Output: one text. Its first line has, with spaces between them, seconds, microseconds, event seen (0 or 1), and four words for
--   each document there is: what it is, key, rev, length; behind it stand the documents, one after the other.
--   What it is: team, user, session, case, post, shown (a case of the post), mine (an open case), or holder, whose text is an id.
--   One text, since a client reads a list part by part, which takes 6 to 11 µs more of a turn.
--
-- Pointers hold whole keys, all with the team's hash tag, so nothing here builds one.

local time = redis.call('TIME')
local seen = ARGV[3] ~= '' and redis.call('EXISTS', ARGV[3]) or 0
local line = { time[1], time[2], seen }
local documents = {}

local function put(what, key, rev, document)
  line[#line + 1] = what .. ' ' .. key .. ' ' .. rev .. ' ' .. #document
  documents[#documents + 1] = document
end

local function add(what, key)
  if not key or key == '' then return end
  local found = redis.call('HMGET', key, 'rev', 'doc')
  -- A user document may be no more than a pointer to a session yet.
  if found[1] then put(what, key, found[1], found[2]) end
end

local named = ARGV[1] ~= ''
local session = named and redis.call('EXISTS', ARGV[1]) == 1 and ARGV[1] or redis.call('HGET', KEYS[2], 'session')
local own = session and redis.call('HGET', session, 'case')
-- In a dialog it is about the dialog's case, whatever an old card of it has chosen.
local case = named and own or ARGV[2]
if case == '' then case = own end

add('team', KEYS[1])
add('user', KEYS[2])
add('session', session)
add('case', case)
add('post', ARGV[4])
local shown = ARGV[4] ~= '' and redis.call('HGET', ARGV[4], 'shown')
if shown then
  for _, key in ipairs(cjson.decode(shown)) do add('shown', key) end
end
if ARGV[5] == '1' then
  for _, key in ipairs(redis.call('SMEMBERS', KEYS[3])) do add('mine', key) end
  for _, holder in ipairs(redis.call('HVALS', KEYS[4])) do put('holder', '-', 0, holder) end
end

return table.concat(line, ' ') .. '\n' .. table.concat(documents)
