import type { FastifyReply } from 'fastify'
import { attachment } from '../http/attachment.ts'
import { whoeverLeft } from '../http/whoever-left.ts'
import type { DocumentKind, OutDocument } from './parts.ts'
import { writeDocument } from './write-document.ts'

export const documentTypes: Record<DocumentKind, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Makes a document and sends it under a readable name. Nobody makes it to the end when whoever asked has left.
 * @param name without its ending
 * @throws DomainError unavailable `document.ended`
 */
export async function sendDocument(
  reply: FastifyReply,
  kind: DocumentKind,
  document: OutDocument,
  name: string,
): Promise<FastifyReply> {
  const { bytes } = await writeDocument(kind, document, whoeverLeft(reply))
  return reply
    .type(documentTypes[kind])
    .header('content-disposition', attachment(`${name}.${kind}`, `document.${kind}`))
    .send(bytes)
}
