// Loaded before the Playground, which would listen on every interface of the machine: its page can act as anybody.
import { Server } from 'node:net'

const listen = Server.prototype.listen
Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'number')
    return listen.call(this, first, '127.0.0.1', ...rest.filter((given) => typeof given === 'function'))
  if (typeof first === 'object' && first !== null && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  return listen.call(this, first, ...rest)
}
