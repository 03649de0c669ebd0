import tab from '@bomb.sh/tab/commander'
import { clientVersion } from '@tallyforge/client/version'
import { Command } from 'commander'
import { parseCount, parseTokens } from './amounts.ts'
import { createCli } from './cli.ts'
import { login } from './commands/login.ts'
import { logout } from './commands/logout.ts'
import { listOrgs } from './commands/orgs.ts'
import { createPlugin } from './commands/plugins-create.ts'
import { downloadPlugin } from './commands/plugins-download.ts'
import { listPlugins } from './commands/plugins-list.ts'
import { watchPlugin } from './commands/plugins-watch.ts'
import { grantStaff, listStaff, revokeStaff } from './commands/staff.ts'
import { showBalance } from './commands/tokens-balance.ts'
import { grantTokens } from './commands/tokens-grant.ts'
import { showHistory } from './commands/tokens-history.ts'
import { listUsers } from './commands/users.ts'
import { whoami } from './commands/whoami.ts'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'

const manyRows = 50

/** The whole command line: its table of contents. */
export function buildProgram(io: Io): Command {
  const program = new Command('tf')
    .description('Tallyforge: describe a plugin, watch it being written, install it.')
    .version(clientVersion)
    .option('--server <url>', 'the server’s address (default: TALLYFORGE_URL, or where you signed in last)')
    .option('--org <slug>', 'the organization to work in (default: your own)')
    .option('--json', 'print JSON, one value a line; amounts in microtokens, as text')
    .showHelpAfterError('(Add --help for what it takes.)')
    .addHelpText('after', endings)

  program
    .command('login')
    .description('sign this device in, through your browser')
    .option('--no-browser', 'print the address instead of opening it')
    .action((options, command) => login(createCli(io, command), options))
  program
    .command('logout')
    .description('end this device’s session')
    .action((_, command) => logout(createCli(io, command)))
  program
    .command('whoami')
    .description('who is signed in, and where')
    .action((_, command) => whoami(createCli(io, command)))

  addPlugins(program, io)
  addTokens(program, io)
  addStaff(program, io)
  tab(program, { completionCommandName: 'completion' })
  return program
}

function addPlugins(program: Command, io: Io): void {
  const plugins = program.command('plugins').description('make, watch and download plugins')
  plugins
    .command('list')
    .description('plugins, the one that changed last first')
    .option('--search <text>', 'only those with this in their title')
    .option('--archived', 'the archived ones')
    .option('--limit <rows>', 'how many at most', parseCount, manyRows)
    .option('--all', 'all of them')
    .action((options, command) => listPlugins(createCli(io, command), options))
  plugins
    .command('create')
    .description('describe a plugin and watch it being made; Ctrl-C stops it')
    .argument('<description>', 'what it should do, in your own words')
    .option('--model <id>', 'the model that writes it (default: the first of the list)')
    .option('--cap <tokens>', 'the most that it may cost', parseTokens)
    .option('--plugin <id>', 'change this plugin instead of making a new one')
    .option('--install', 'install it into VS Code when it is ready')
    .option('--code <command>', 'the editor’s command', 'code')
    .option('--detach', 'do not wait for it')
    .action((description, options, command) => createPlugin(createCli(io, command), description, options))
  plugins
    .command('watch')
    .description('watch what is being written; Ctrl-C leaves it running')
    .argument('<plugin>', 'the plugin’s id')
    .action((plugin, _, command) => watchPlugin(createCli(io, command), plugin))
  plugins
    .command('download')
    .description('save a version’s .vsix here')
    .argument('<plugin>', 'the plugin’s id')
    .option('--version-number <number>', 'which version (default: the newest ready one)', parseCount)
    .option('--sources', 'its sources as a .zip instead')
    .option('-o, --output <path>', 'where to (default: its own name, in this folder)')
    .option('--force', 'replace a file that is there')
    .action((plugin, options, command) => downloadPlugin(createCli(io, command), plugin, options))
}

function addTokens(program: Command, io: Io): void {
  const tokens = program.command('tokens').description('what there is and where it went')
  tokens
    .command('balance')
    .description('balance, held and spent this month')
    .action((_, command) => showBalance(createCli(io, command)))
  tokens
    .command('history')
    .description('what changed the balance, newest first')
    .option('--from <day>', 'the first day, such as 2026-03-01 (UTC)')
    .option('--to <day>', 'the last day')
    .option('--kind <kind>', 'grant, settle or expire')
    .option('--search <text>', 'only those with this in their description')
    .option('--limit <rows>', 'how many at most', parseCount, manyRows)
    .option('--all', 'all of them')
    .action((options, command) => showHistory(createCli(io, command), options))
  tokens
    .command('grant')
    .description('staff: add tokens to an organization')
    .argument('<org>', 'its slug or id')
    .argument('<tokens>', 'how many', parseTokens)
    .requiredOption('--for <reason>', 'why; the organization reads it in its history')
    .option('--until <day>', 'the last day on which they can be spent')
    .option('--operation <uuid>', 'to try again without granting twice')
    .action((org, amount, options, command) => grantTokens(createCli(io, command), org, amount, options))
}

function addStaff(program: Command, io: Io): void {
  const lists = [
    ['users', 'everybody who has an account', listUsers],
    ['orgs', 'organizations with their wallets', listOrgs],
  ] as const
  for (const [name, what, list] of lists) {
    program
      .command(name)
      .description(`staff: ${what}`)
      .command('list')
      .description(`${what}, newest first`)
      .option('--search <text>', 'only those with this in a name or an address')
      .option('--limit <rows>', 'how many at most', parseCount, manyRows)
      .option('--all', 'all of them')
      .action((options, command) => list(createCli(io, command), options))
  }
  const staff = program.command('staff').description('staff: who has rights over the whole platform')
  staff
    .command('list')
    .description('who is staff, since when and with which level; for its admins')
    .option('--search <text>', 'only those with this in a name or an address')
    .option('--limit <rows>', 'how many at most', parseCount, manyRows)
    .option('--all', 'all of them')
    .action((options, command) => listStaff(createCli(io, command), options))
  staff
    .command('grant')
    .description('make somebody staff')
    .argument('<email>')
    .option('--level <level>', 'support (reads) or admin (writes too)', 'admin')
    .option('--host', 'on the server’s machine, without signing in: for the first one')
    .action((email, options, command) => grantStaff(createCli(io, command), email, options))
  staff
    .command('revoke')
    .description('take somebody’s rights')
    .argument('<email>')
    .option('--host', 'on the server’s machine, without signing in')
    .action((email, options, command) => revokeStaff(createCli(io, command), email, options))
}

const endings = `
Ends with ${exitCodes.done} when it is done, ${exitCodes.failed} when it was refused or failed, ${exitCodes.usage} for wrong words, ${exitCodes.signedOut} when you are not
signed in, ${exitCodes.noServer} without a server, ${exitCodes.insufficientTokens} without enough tokens, ${exitCodes.stopped} when somebody stopped it elsewhere, ${exitCodes.canceled} after Ctrl-C.
TALLYFORGE_URL and TALLYFORGE_TOKEN stand in for what \`tf login\` keeps; the token needs the address, or --server, beside it.`
