import type postgres from 'postgres'

type Sql = postgres.Sql
type TxSql = postgres.TransactionSql

/**
 * The codes of a statement's failure after which a connection is gone, or its transaction is: nothing more may be sent
 * on it. `E…` are the system's (ECONNRESET, EPIPE, ETIMEDOUT), without Node's own ERR_… for wrong arguments.
 */
const fatalCode = /^(CONNECTION_|57P0|08|25P0[34]|E(?!RR_)[A-Z]+$)/

/** One transaction's life: alive until its connection dies or its callback settles. `lost` rejects when it dies. */
type Life = { dead: Error | null; kill: (error: Error) => void; lost: Promise<never> }

const transactionOver = () => new Error('This transaction is over: a statement was sent after its end.')

/**
 * Wraps a postgres.js client so that a dying backend cannot break a transaction.
 *
 * postgres.js 3.4.9 has a fault: when the backend dies inside `begin`, a late statement can run inside another request's
 * transaction on the reconnected socket, or its COMMIT can commit the other's half (porsager/postgres #1133, #1195,
 * #1208). Here every statement of a transaction checks at execution that its transaction still lives; when the
 * connection is lost the caller is told at once and the inner promise never settles, so that the driver sends neither
 * COMMIT nor ROLLBACK on a connection that is no longer ours. `reserve` is refused: it has no such guard.
 *
 * Nobody waits longer than `patienceMs`, be it for a free connection or for a server that has stopped to answer: then the
 * call fails with CONNECTION_TIMEOUT. What was sent may still be done, as after any lost connection.
 */
export function guardSql(root: Sql, patienceMs = 20_000): Sql {
  return new Proxy(root, {
    apply: (target, thisArg, args) => boundQuery(Reflect.apply(target as never, thisArg, args), patienceMs),
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (property === 'begin') return guardedBegin(root, patienceMs)
      if (property === 'reserve') return () => Promise.reject(new Error('reserve is not guarded: use withTx'))
      if (property === 'unsafe') {
        return (...args: unknown[]) =>
          boundQuery((value as (...a: unknown[]) => unknown).apply(target, args), patienceMs)
      }
      return value
    },
  })
}

function timedOut(patienceMs: number): Error {
  return Object.assign(new Error(`The database did not answer within ${patienceMs} ms.`), {
    code: 'CONNECTION_TIMEOUT',
  })
}

/**
 * A statement outside of transactions: bounded in time from its execution on, and refused when its answer has holes. The
 * driver counts rows per connection and starts anew only at the end of a statement: after a backend died between a row
 * and that end, the first answer on the new connection begins where the count stood, with nothing before it. Such an
 * answer would read as "no such row". Inside a transaction BEGIN has reset the count.
 */
function boundQuery<T>(query: T, patienceMs: number): T {
  const lazy = asLazy(query)
  if (lazy === null) return query
  const { handler, resolve } = lazy
  lazy.resolve = (result) => (beginsWithHole(result) ? lazy.reject(lostRows()) : resolve(result))
  lazy.handler = (running) => {
    const timer = setTimeout(() => lazy.reject(timedOut(patienceMs)), patienceMs)
    const stop = () => clearTimeout(timer)
    Promise.prototype.then.call(query, stop, stop)
    return handler(running)
  }
  return query
}

function beginsWithHole(result: unknown): boolean {
  return Array.isArray(result) && result.length > 0 && !(0 in result)
}

function lostRows(): Error {
  return Object.assign(new Error('The connection was lost before this statement; its answer is not whole.'), {
    code: 'CONNECTION_CLOSED',
  })
}

function guardedBegin(root: Sql, patienceMs: number) {
  return async (...args: unknown[]): Promise<unknown> => {
    const work = args.at(-1) as (tx: TxSql) => Promise<unknown>
    const options = typeof args[0] === 'string' ? args[0] : ''
    let loseConnection: (error: Error) => void = () => undefined
    const lost = new Promise<never>((_, reject) => {
      loseConnection = reject
    })
    // Nobody may be listening yet when the connection dies: the race below reports it.
    lost.catch(() => undefined)
    const life: Life = {
      dead: null,
      lost,
      kill: (error) => {
        life.dead ??= error
        loseConnection(error)
      },
    }
    const timer = setTimeout(() => life.kill(timedOut(patienceMs)), patienceMs)
    const inner = root.begin(options, (tx) =>
      // Its caller has gone away before it had a connection: that one is healthy, and the driver may roll back.
      life.dead === null
        ? settleWhileAlive(life, () => work(guardTx(tx, root, life)))
        : Promise.reject(life.dead),
    )
    inner.catch((error: unknown) => killIfFatal(life, error))
    return Promise.race([inner, lost]).finally(() => clearTimeout(timer))
  }
}

/** Forwards the callback's end only while the transaction lives; after its end every late statement is refused. */
function settleWhileAlive<T>(life: Life, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (forward: () => void) => {
      if (life.dead !== null) return
      life.dead = transactionOver()
      forward()
    }
    // What the callback throws says nothing about the connection, whatever its code: statements are watched themselves.
    Promise.resolve()
      .then(work)
      .then(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      )
  })
}

function killIfFatal(life: Life, error: unknown): void {
  if (error instanceof Error && 'code' in error && fatalCode.test(String(error.code))) life.kill(error)
}

function guardTx(tx: TxSql, root: Sql, life: Life): TxSql {
  return new Proxy(tx, {
    apply: (target, thisArg, args) => guardQuery(Reflect.apply(target as never, thisArg, args), life),
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (property === 'options') return root.options
      if (property === 'savepoint') return guardSavepoint(tx, root, life)
      if (property === 'notify')
        return () => Promise.reject(new Error('notify is not guarded: use pg_notify'))
      if (property === 'unsafe' || property === 'file') {
        return (...args: unknown[]) =>
          guardQuery((value as (...a: unknown[]) => unknown).apply(target, args), life)
      }
      return value
    },
  })
}

type LazyQuery = {
  handler: (query: unknown) => unknown
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** A query is lazy: what is guarded is its execution. Null for fragments and helpers, which never execute alone. */
function asLazy(query: unknown): LazyQuery | null {
  return typeof query === 'object' && query !== null && 'handler' in query ? (query as LazyQuery) : null
}

function guardQuery<T>(query: T, life: Life): T {
  const lazy = asLazy(query)
  if (lazy === null) return query
  const handler = lazy.handler
  let isStarted = false
  lazy.handler = (running) => {
    if (life.dead !== null) {
      // Whoever awaits it is told; a late statement that nobody awaits must not end the process.
      Promise.prototype.catch.call(query, () => undefined)
      lazy.reject(life.dead)
      return undefined
    }
    if (!isStarted) {
      isStarted = true
      Promise.prototype.catch.call(query, (error: unknown) => killIfFatal(life, error))
    }
    return handler(running)
  }
  return query
}

function guardSavepoint(tx: TxSql, root: Sql, life: Life) {
  return (...args: unknown[]): Promise<unknown> => {
    if (life.dead !== null) return Promise.reject(life.dead)
    const work = args.at(-1) as (tx: TxSql) => Promise<unknown>
    const name = typeof args[0] === 'string' ? args[0] : undefined
    const inner = (nested: TxSql) =>
      new Promise<unknown>((resolve, reject) => {
        // Of a dead transaction the end is not forwarded: the driver would send ROLLBACK TO on a foreign connection.
        const ifAlive = (forward: () => void) => (life.dead === null ? forward() : undefined)
        Promise.resolve()
          .then(() => work(guardTx(nested, root, life)))
          .then(
            (value) => ifAlive(() => resolve(value)),
            (error) => ifAlive(() => reject(error)),
          )
      })
    const savepoint = name === undefined ? tx.savepoint(inner) : tx.savepoint(name, inner)
    savepoint.catch((error: unknown) => killIfFatal(life, error))
    // Of a dead transaction the driver's promise never settles: without the race the callback would hang for ever.
    const ended = Promise.race([savepoint, life.lost])
    ended.catch(() => undefined)
    return ended
  }
}
