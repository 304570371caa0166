import { secureHeaders } from 'hono/secure-headers'
import { type Env, isHttps } from './env.ts'

/** What browsers are told not to do with our pages. */
export const headers = (env: Env) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // KaTeX and React set style attributes; scripts cannot come in this way.
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      // Covers WebSockets to this host too (CSP level 3).
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // Links lead to arXiv and elsewhere: those sites learn nothing of our boards or invitation links.
    referrerPolicy: 'same-origin',
    // Browsers heed it only there, and elsewhere log it as a fault.
    crossOriginOpenerPolicy: isHttps(env),
    strictTransportSecurity: isHttps(env) ? 'max-age=31536000' : false,
  })
