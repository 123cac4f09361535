// Loaded before the Playground, which would listen on every interface of the machine: its page can act as anybody.
import { Server } from 'node:net'

const { listen } = Server.prototype

/** @this {Server} @param {unknown[]} given */
Server.prototype.listen = function (...given) {
  const [port] = given
  const then = given.find((each) => typeof each === 'function')
  // Every other form names its own place; the Playground has none.
  return Reflect.apply(listen, this, typeof port === 'number' ? [port, '127.0.0.1', then] : given)
}
