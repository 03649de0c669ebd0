import Fastify from 'fastify'

/** The limit: what Fastify alone does on this machine, with an answer of the same size. */
const app = Fastify()
app.get('/answer', async () => ({
  result: {
    data: { json: { balance: '10000000000', held: '0', available: '10000000000', spentThisMonth: '0' } },
  },
}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
process.on('SIGTERM', () => app.close())
