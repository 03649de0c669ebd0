import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { DomainError } from '@tallyforge/core/errors'
import type { downloadInput } from '@tallyforge/core/inputs/plugins'
import type { PluginManifest } from '@tallyforge/core/plugins/identity'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { z } from 'zod'
import type { Context, OrgContext } from '../trpc.ts'
import { buildSourcesZip } from './archive/sources.ts'
import { buildVsix } from './archive/vsix.ts'
import { readContent, readFiles } from './files.ts'
import { findVersion, vsixName } from './versions.ts'

const claimsSchema = z.strictObject({
  orgId: z.uuid(),
  userId: z.uuid(),
  versionId: z.uuid(),
  kind: z.enum(['vsix', 'sources']),
  /** Milliseconds since 1970. */
  expires: z.number(),
})
type Claims = z.infer<typeof claimsSchema>

/** A signed link for one file of one version, good for five minutes. @throws not_found; conflict when it is not ready. */
export async function createDownload(
  ctx: Context & { org: OrgContext },
  input: z.output<typeof downloadInput>,
) {
  const version = await ctx.org.tx((tx) => findVersion(tx, input.versionId))
  if (version.manifest === null) throw notReady()
  const expires = ctx.deps.clock().getTime() + makerLimits.downloadLinkSeconds * 1_000
  const claims: Claims = {
    orgId: ctx.org.id,
    userId: ctx.org.userId,
    versionId: version.id,
    kind: input.kind,
    expires,
  }
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return {
    url: `/files/${body}.${sign(body, ctx.deps.env.SECRET_KEY)}`,
    fileName: fileNameOf(version.manifest, input.kind),
    expiresAt: new Date(expires),
  }
}

/** Reads a link's token back. @throws not_found for a forged or expired one, without telling which. */
export function readDownloadToken(token: string, secretKey: string, now: Date): Claims {
  const [body = '', signature = '', ...rest] = token.split('.')
  const expected = Buffer.from(sign(body, secretKey))
  const given = Buffer.from(signature)
  // One file has one link: whatever follows the signature would make others that open it as well.
  const isGenuine = rest.length === 0 && expected.length === given.length && timingSafeEqual(expected, given)
  const claims = isGenuine
    ? claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
    : null
  if (claims === null || claims.expires <= now.getTime()) {
    throw new DomainError('not_found', 'This download link has expired. Ask for a new one in the plugin.')
  }
  return claims
}

/** The bytes of a download: the same version gives the same bytes every time. */
export async function buildDownload(
  tx: OrgTx,
  claims: Claims,
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const version = await findVersion(tx, claims.versionId)
  const { manifest, summary } = version
  if (manifest === null || summary === null) throw notReady()
  const files = await readFiles(tx, version.id)
  const fileName = fileNameOf(manifest, claims.kind)
  if (claims.kind === 'sources') return { bytes: buildSourcesZip({ manifest, files }), fileName }
  const bundle = version.bundleSha256 === null ? null : await readContent(tx, version.bundleSha256)
  return { bytes: buildVsix({ manifest, bundle, files, summary }), fileName }
}

function fileNameOf(manifest: PluginManifest, kind: Claims['kind']): string {
  return kind === 'vsix' ? vsixName(manifest) : `${manifest.name}-${manifest.version}-sources.zip`
}

function sign(body: string, secretKey: string): string {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'tallyforge/download-links', 32))
  return createHmac('sha256', key).update(body).digest('base64url')
}

function notReady(): DomainError {
  return new DomainError(
    'conflict',
    'This version did not pass the checks, so there is nothing to download. Choose one that is ready.',
  )
}
