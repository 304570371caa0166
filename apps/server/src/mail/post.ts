/** The mail server, as far as we use it: one message to one person. */
import type { createTransport } from 'nodemailer'
import { withoutSecrets } from '../logger.ts'

/** How long (ms) the mail server may take: to be there, to greet, and to say the next word. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

export interface Letter {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** The same for each attempt: by it mail systems that look for repeats find them. */
  messageId: string
  /** ms since 1970. */
  date: number
  /** By a press there one gets no more of these. */
  unsubscribe: string
}

/** How an attempt ended: `later` for what may work another time, `never` for what the mail server refuses for good. */
export type Outcome = { end: 'sent' } | { end: 'later' | 'never'; reason: string }

export interface Post {
  send(letter: Letter): Promise<Outcome>
  close(): void
}

/** `url` as `smtp://user:password@host:587`, with STARTTLS where the server offers it, or `smtps://…`. */
export function createPost({ url, from }: { url: string; from: string }): Post {
  let transport: Promise<ReturnType<typeof createTransport>> | null = null
  // Loaded with the first mail.
  const mailer = () => {
    transport ??= import('nodemailer').then(nodemailer => nodemailer.createTransport({ url, ...patience }))
    return transport
  }
  return {
    send: async letter => {
      try {
        const open = await mailer()
        await open.sendMail({
          from,
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          messageId: letter.messageId,
          // Not by chance: a second copy is the first one, byte for byte.
          baseBoundary: letter.messageId.replace(/[^\w.]/g, ''),
          date: new Date(letter.date),
          headers: {
            'List-Unsubscribe': `<${letter.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            // No answers by machines that are on holiday.
            'Auto-Submitted': 'auto-generated',
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { end: 'sent' }
      } catch (error) {
        return { end: refusedForGood(error) ? 'never' : 'later', reason: withoutSecrets(error instanceof Error ? error.message : String(error)).slice(0, 500) }
      }
    },
    close: () => void transport?.then(open => open.close()),
  }
}

/**
 * A refusal of this address or this message (5xx). What concerns all mails, such as a wrong password or a server that is
 * not there, is for whoever runs Paperboard to mend: mails wait for that.
 */
function refusedForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const status = 'responseCode' in error ? Number(error.responseCode) : 0
  return (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') && status >= 500 && status < 600 && !/sender|mail from/i.test(commandOf(error))
}

const commandOf = (error: Error): string => ('command' in error ? String(error.command) : '')
