// Loaded before zod, which would otherwise try `new Function` and be reported by the content security policy.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
