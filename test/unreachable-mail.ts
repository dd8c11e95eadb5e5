/** Settings of mail by which Auth accepts that it sends letters, and sends none: a test reads them from its outbox. */
export const unreachableMail = { SMTP_URL: 'smtp://127.0.0.1:1', SELAH_MAIL_FROM: 'selah@example.org' }
