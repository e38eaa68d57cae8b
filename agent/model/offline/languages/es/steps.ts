import type { Steps } from "../steps.ts";

/** What Spanish speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order": "entrada del pedido, llegada del pedido",
  "credit check": "aprobación de crédito, revisión crediticia",
  "pick goods": "alistamiento, recogida de mercancía, separación de mercancía, recolección",
  "ship order":
    "enviado, enviados, despachado, despachados, salida del pedido, embarque, salida de la mercancía, enviada, enviarse, mandar el pedido",
  "clarify order": "esclarecimiento",
  "receive payment": "cobrado, cobrados, pagado, pagados, abono, recaudo, pagan, pagar, nos pagan",
  "reject order": "denegado, denegados, declinados",
  "restock item":
    "repuestos en almacén, reingreso a almacén, vuelta al almacén, reabastecimiento, reingreso, reintegro al stock, vuelve al stock",
  "return goods": "devuelto, devueltos, devuelta",
  "handle return": "procesamiento de la devolución, atención de la devolución",
  "approve order": "visto bueno, aprobarlo",
  "miss payment date":
    "impago, impagos, vencimiento del pago, pago vencido, fecha de pago incumplida, impagado, impagados, incumplimiento de pago, morosidad, morosos, vencimiento incumplido",
  "send reminder": "aviso de cobro, reclamación de pago, requerimiento de pago",
  "open ticket": "creación del ticket, abrir el ticket, se abre el ticket",
  triage: "clasificado, clasificados, derivación inicial, clasificar, se clasifica, triar",
  "resolve by specialist": "segundo nivel, N2, segunda línea, nivel 2",
  "confirm solution": "validación de la solución",
  "resolve by first line": "N1, mesa de ayuda, primer contacto, nivel 1",
  "ask customer":
    "preguntado al cliente, pedir información al cliente, consultado al cliente, preguntarle al cliente",
  answer: "contestación, contesta, contestado, contestan",
  "submit application":
    "solicitud presentada, presentación de la solicitud, entrada de la solicitud, ingreso de la solicitud, envío de la solicitud, radicación, radicación de la solicitud, presentar la solicitud",
  "assess risk": "valoración del riesgo, estudio de riesgo, scoring",
  "request papers":
    "petición de documentos, solicitud de documentos, pedir documentos, documentos solicitados, requerimiento de documentación, papeles pedidos, petición de papeles, pedimos los papeles, solicitar documentos, pedimos documentos, piden documentos, pide los papeles, pidiéramos documentos, pidiésemos papeles, pedirle documentos",
  "reject application": "denegación, denegadas, denegada, denegar la solicitud, negadas",
  "send papers":
    "envío de documentos, envío de los documentos, documentos enviados, papeles enviados, entrega de documentos, mandar los papeles, entrega de la documentación, recepción de documentos, aportar documentos, manda los papeles, mandan los papeles, envía los documentos, mandan los documentos, entregan los documentos",
  "accept offer":
    "oferta aceptada, aceptado la oferta, firma de la oferta, oferta firmada, haya aceptado la oferta, aceptase la oferta",
  "pay out":
    "abono, pagado, entrega del dinero, pago del préstamo, liquidación, tener el dinero, soltar el dinero, pago",
  "approve loan":
    "concesión, concedido, concedidos, otorgamiento, otorgado, concesión del préstamo, concede el préstamo, otorgar el crédito",
  "cancel application": "anulación, desistimiento, desistida, retirada de la solicitud",
  "create invoice": "facturarse",
};
