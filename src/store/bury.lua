-- Sets a due entry aside, unless it has been moved to another moment since it was read.
--
-- Input: KEYS[1] due index, KEYS[2] tries, KEYS[3] buried; ARGV[1] name, ARGV[2] the moment it was read with, ARGV[3] record
-- Output: 1, or 0 where it was left alone

local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
return 1
