-- The open cases of a team, from one moment.
--
-- Input: KEYS[1] set of the keys of the open cases
-- Output: documents {key, rev, doc}, in the order of their keys

local found = {}
local keys = redis.call('SMEMBERS', KEYS[1])
table.sort(keys)
for _, key in ipairs(keys) do
  local one = redis.call('HMGET', key, 'rev', 'doc')
  if one[1] then found[#found + 1] = { key, one[1], one[2] } end
end
return found
