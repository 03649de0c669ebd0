import type postgres from 'postgres'

type Sql = postgres.Sql
type TxSql = postgres.TransactionSql

/** The codes after which a connection is gone, or its transaction is: nothing more may be sent on it. */
const fatalCode = /^(CONNECTION_|57P0|08|ECONN|EPIPE|25P0[34])/

/** One transaction's life: alive until its connection dies or its callback settles. */
type Life = { dead: Error | null; kill: (error: Error) => void }

const transactionOver = () => new Error('This transaction is over: a statement was sent after its end.')

/**
 * Wraps a postgres.js client so that a dying backend cannot break a transaction.
 *
 * postgres.js 3.4.9 has a fault: when the backend dies inside `begin`, a late statement can run inside another request's
 * transaction on the reconnected socket, or its COMMIT can commit the other's half (porsager/postgres #1133, #1195,
 * #1208). Here every statement of a transaction checks at execution that its transaction still lives; when the
 * connection is lost the caller is told at once and the inner promise never settles, so that the driver sends neither
 * COMMIT nor ROLLBACK on a connection that is no longer ours. `reserve` is refused: it has no such guard.
 */
export function guardSql(root: Sql): Sql {
  return new Proxy(root, {
    get(target, property) {
      if (property === 'begin') return guardedBegin(root)
      if (property === 'reserve') return () => Promise.reject(new Error('reserve is not guarded: use withTx'))
      return Reflect.get(target, property, target)
    },
  })
}

function guardedBegin(root: Sql) {
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
      kill: (error) => {
        life.dead ??= error
        loseConnection(error)
      },
    }
    const inner = root.begin(options, (tx) => settleWhileAlive(life, () => work(guardTx(tx, root, life))))
    inner.catch((error: unknown) => killIfFatal(life, error))
    return Promise.race([inner, lost])
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
    Promise.resolve()
      .then(work)
      .then(
        (value) => settle(() => resolve(value)),
        (error) => {
          killIfFatal(life, error)
          settle(() => reject(error))
        },
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
      if (property === 'unsafe' || property === 'file') {
        return (...args: unknown[]) =>
          guardQuery((value as (...a: unknown[]) => unknown).apply(target, args), life)
      }
      return value
    },
  })
}

type Handler = (query: unknown) => unknown

/** A query is lazy: what is guarded is its execution. Fragments and helpers, which never execute alone, pass through. */
function guardQuery<T>(query: T, life: Life): T {
  if (typeof query !== 'object' || query === null || !('handler' in query)) return query
  const lazy = query as unknown as {
    handler: Handler
    reject: (error: Error) => void
  }
  const handler = lazy.handler
  let isStarted = false
  lazy.handler = (running) => {
    if (life.dead !== null) {
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
            (error) => {
              killIfFatal(life, error)
              ifAlive(() => reject(error))
            },
          )
      })
    const savepoint = name === undefined ? tx.savepoint(inner) : tx.savepoint(name, inner)
    savepoint.catch((error: unknown) => killIfFatal(life, error))
    return savepoint
  }
}
