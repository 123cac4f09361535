-- What is due in a team by now, with all that is needed to begin with it.
--
-- Input: KEYS[1] due index, KEYS[2] tries, KEYS[3] team document; ARGV[1] milliseconds the clock is ahead, ARGV[2] most entries
-- Output: seconds, microseconds, team {key, rev, doc} or {} where nothing is due, names and moments of the entries in turn, tries of each

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
local entries = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[2], 'WITHSCORES')

local tries = {}
for index = 1, #entries, 2 do
  tries[#tries + 1] = tonumber(redis.call('HGET', KEYS[2], entries[index]) or 0)
end

-- Most often nothing is left, and nobody has to know the team.
local team = #entries > 0 and redis.call('HMGET', KEYS[3], 'rev', 'doc') or {}
return { time[1], time[2], team[1] and { KEYS[3], team[1], team[2] } or {}, entries, tries }
