/**
 * Loaded before a server of the bench: what it would ask of Microsoft's login hosts it asks of the process that stands in
 * for them. So every server keeps its own way of checking and getting tokens, as in production.
 */
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

const { login = '', keys = '' }: { login?: string; keys?: string } = JSON.parse(process.env.BENCH_MICROSOFT ?? '{}')
const HOSTS: Record<string, string> = { 'login.microsoftonline.com': login, 'login.botframework.com': keys }

/** The same address here, or nothing where it is not Microsoft's. */
function here(address: string | URL): URL | undefined {
  const { hostname, pathname, search } = new URL(address)
  const host = HOSTS[hostname]
  return host ? new URL(pathname + search, host) : undefined
}

type Request = typeof https.request
type OnAnswer = (answer: http.IncomingMessage) => void
const request: Request = https.request

function toHere(...given: Parameters<Request> | [https.RequestOptions, OnAnswer?]) {
  const [first] = given
  const options = given.find((one) => typeof one === 'object' && !(one instanceof URL)) as
    | https.RequestOptions
    | undefined
  const onAnswer = given.find((one) => typeof one === 'function') as OnAnswer | undefined
  const address =
    typeof first === 'string' || first instanceof URL
      ? first
      : `https://${first.hostname ?? first.host}${first.path ?? '/'}`
  const url = here(address)
  if (!url) return Reflect.apply(request, https, given) as http.ClientRequest
  const { headers, method } = options ?? {}
  return http.request(url, { ...(headers && { headers }), ...(method && { method }) }, onAnswer)
}

https.request = toHere as Request
https.get = ((...given: Parameters<Request>) => toHere(...given).end()) as typeof https.get
syncBuiltinESMExports()

const { fetch } = globalThis
globalThis.fetch = (input, init) =>
  fetch(typeof input === 'string' || input instanceof URL ? (here(input) ?? input) : input, init)
