-- Puts the same content under another seal, unless it has been written since it was read.
--
-- Input: KEYS[1] a document's hash or a secret's string; ARGV[1] the body as it was read, ARGV[2] the same under another seal
-- Output: 1, or 0 where it was left alone
--
-- Neither revision nor expiry changes: the content has not.

local hash = redis.call('TYPE', KEYS[1]).ok == 'hash'
local body = hash and redis.call('HGET', KEYS[1], 'doc') or not hash and redis.call('GET', KEYS[1])
if body ~= ARGV[1] then return 0 end
if hash then redis.call('HSET', KEYS[1], 'doc', ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL') end
return 1
