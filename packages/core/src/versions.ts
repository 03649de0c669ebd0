/**
 * Which releases still understand each other. A release that changes an answer or an input in a way that older code does
 * not understand raises the line of that other side.
 */

/** The oldest client (web app, VS Code extension, CLI) that this release's server answers rightly. */
export const oldestClient = '0.1.0'

/** The oldest server that this release's clients speak to rightly. */
export const oldestServer = '0.1.0'
