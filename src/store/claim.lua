-- Counts one more try of each of these entries.
--
-- Input: KEYS[1] tries; ARGV the names
-- Output: how many tries each had before

local before = {}
for index, name in ipairs(ARGV) do before[index] = redis.call('HINCRBY', KEYS[1], name, 1) - 1 end
return before
