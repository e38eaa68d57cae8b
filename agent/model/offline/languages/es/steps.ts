import type { Steps } from "../steps.ts";

/** What Spanish speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "entrada del pedido, llegada del pedido, recibir el pedido, reciben el pedido, se recibe el pedido, recibimos el pedido, entra el pedido, entró el pedido, llega el pedido, nos llega el pedido, llegó el pedido, toma del pedido, alta del pedido",
  "credit check":
    "aprobación de crédito, revisión crediticia, chequeo crediticio, chequear el crédito, chequean el crédito, revisar el crédito, revisan el crédito, se revisa el crédito, comprueban el crédito, validan el crédito, validación de crédito, validación del crédito, verificar el crédito, verifican el crédito, consulta de crédito, chequeo del crédito, revisión del crédito, control del crédito",
  "pick goods":
    "alistamiento, recogida de mercancía, separación de mercancía, recolección, levantar la mercadería, levantan la mercadería, retirar la mercadería, retiran la mercadería, recogen la mercancía, recoger la mercancía, recogida de la mercancía, sacan la mercancía, sacar la mercancía, sacan la mercadería, sacar la mercadería, preparan la mercancía, preparan la mercadería, preparar la mercancía, preparar la mercadería, preparan el pedido, preparar el pedido, se prepara el pedido, preparación del pedido, preparación de mercancía, preparación de la mercancía, preparación de la mercadería, armado del pedido, arman el pedido, armar el pedido, se arma el pedido, alistar la mercancía, alistan la mercancía, surtido del pedido, surten el pedido, surtir el pedido, separar la mercancía, separan la mercancía",
  "ship order":
    "enviado, enviados, despachado, despachados, salida del pedido, embarque, salida de la mercancía, enviada, enviarse, mandar el pedido, enviar el pedido, envían el pedido, se envía el pedido, enviamos el pedido, mandan el pedido, mandamos el pedido, sale el pedido, salió el pedido, sale la mercancía, sale la mercadería, expedir el pedido, expiden el pedido, despachar el pedido, despachan el pedido, se despacha el pedido, despachamos el pedido, despacho del pedido, envío del pedido, expedición del pedido, envío de la mercancía, envío de la mercadería, despacho de la mercancía, despacho de la mercadería",
  "clarify order":
    "esclarecimiento, aclarar el pedido, aclaran el pedido, se aclara el pedido, aclaración del pedido",
  "receive payment":
    "cobrado, cobrados, pagado, pagados, abono, recaudo, pagan, pagar, nos pagan, recibir el pago, reciben el pago, se recibe el pago, recibimos el pago, llega el pago, nos llega el pago, llegó el pago, entra el pago, entra el dinero, nos pagaron, llegada del pago, ingreso del pago, recibimos el dinero, cobrar la factura",
  "reject order":
    "denegado, denegados, declinados, rechazar el pedido, rechazan el pedido, se rechaza el pedido, rechazo del pedido",
  "restock item":
    "repuestos en almacén, reingreso a almacén, vuelta al almacén, reabastecimiento, reingreso, reintegro al stock, vuelve al stock",
  "return goods":
    "devuelto, devueltos, devuelta, devolver la mercancía, devuelven la mercancía, devuelven la mercadería, devolver la mercadería, devolución de la mercancía, devolución de mercadería, devolución de la mercadería",
  "handle return":
    "procesamiento de la devolución, atención de la devolución, gestionar la devolución, gestionan la devolución, tramitar la devolución, tramitan la devolución, procesar la devolución, procesan la devolución",
  "approve order":
    "visto bueno, aprobarlo, aprobar el pedido, aprueban el pedido, se aprueba el pedido, autorizar el pedido, autorizan el pedido, aprobación del pedido, autorización del pedido",
  "miss payment date":
    "impago, impagos, vencimiento del pago, pago vencido, fecha de pago incumplida, impagado, impagados, incumplimiento de pago, morosidad, morosos, vencimiento incumplido",
  "send reminder":
    "aviso de cobro, reclamación de pago, requerimiento de pago, enviar el recordatorio, envían el recordatorio, mandan el recordatorio, mandar el recordatorio, se manda el recordatorio, se envía el recordatorio, envío del recordatorio, mandar un recordatorio, enviar un recordatorio",
  "open ticket":
    "creación del ticket, abrir el ticket, se abre el ticket, abren el ticket, se crea el ticket, crear el ticket, apertura del ticket, alta del ticket, entra el ticket, abrimos el ticket",
  triage:
    "clasificado, clasificados, derivación inicial, clasificar, se clasifica, triar, clasifican el ticket, clasificación del ticket, se clasifica el ticket",
  "resolve by specialist": "segundo nivel, N2, segunda línea, nivel 2",
  "confirm solution":
    "validación de la solución, confirman la solución, confirma la solución, se confirma la solución",
  "resolve by first line":
    "N1, mesa de ayuda, primer contacto, nivel 1, resuelve la primera línea, resolución en primera línea, resuelto en primera línea, resuelto por la primera línea",
  "ask customer":
    "preguntado al cliente, pedir información al cliente, consultado al cliente, preguntarle al cliente, preguntan al cliente, se pregunta al cliente, consultar al cliente, consultan al cliente",
  answer: "contestación, contesta, contestado, contestan",
  "submit application":
    "solicitud presentada, presentación de la solicitud, entrada de la solicitud, ingreso de la solicitud, envío de la solicitud, radicación, radicación de la solicitud, presentar la solicitud, presentan la solicitud, se presenta la solicitud, meten la solicitud, envían la solicitud, entra la solicitud, entró la solicitud, llega la solicitud, ingresar la solicitud, ingresan la solicitud",
  "assess risk":
    "valoración del riesgo, estudio de riesgo, scoring, evaluar el riesgo, evalúan el riesgo, se evalúa el riesgo, analizar el riesgo, analizan el riesgo, estudiar el riesgo, estudian el riesgo, evaluación del riesgo, análisis del riesgo, estudio del riesgo, calificación del riesgo",
  "request papers":
    "petición de documentos, solicitud de documentos, pedir documentos, documentos solicitados, requerimiento de documentación, papeles pedidos, petición de papeles, pedimos los papeles, solicitar documentos, pedimos documentos, piden documentos, pide los papeles, pidiéramos documentos, pidiésemos papeles, pedirle documentos, pedir los papeles, piden papeles, piden los papeles, se piden los papeles, pedir los documentos, piden los documentos, se piden los documentos, pedir la documentación, piden la documentación, solicitan documentos, solicitan los documentos",
  "reject application":
    "denegación, denegadas, denegada, denegar la solicitud, negadas, rechazar la solicitud, rechazan la solicitud, se rechaza la solicitud, rechazo de la solicitud, niegan la solicitud, negar la solicitud, deniegan la solicitud, se deniega la solicitud",
  "send papers":
    "envío de documentos, envío de los documentos, documentos enviados, papeles enviados, entrega de documentos, mandar los papeles, entrega de la documentación, recepción de documentos, aportar documentos, manda los papeles, mandan los papeles, envía los documentos, mandan los documentos, entregan los documentos, entregar los documentos, enviar los documentos, enviar los papeles, mandar los documentos, llegan los papeles, llegan los documentos",
  "accept offer":
    "oferta aceptada, aceptado la oferta, firma de la oferta, oferta firmada, haya aceptado la oferta, aceptase la oferta, aceptar la oferta, acepta la oferta, aceptan la oferta, acepte la oferta, acepten la oferta, aceptación de la oferta, firma la oferta, firman la oferta, firmar la oferta, se acepta la oferta",
  "pay out":
    "abono, pagado, entrega del dinero, pago del préstamo, liquidación, tener el dinero, soltar el dinero, pago, desembolsar el préstamo, desembolsan el préstamo, se desembolsa el préstamo, desembolso del préstamo, desembolso del crédito, pagar el préstamo, pagan el préstamo, se paga el préstamo, abonar el préstamo, abonan el préstamo, sueltan el dinero, entregan el dinero, entregar el dinero, sueltan la plata, sale el dinero, transfieren el dinero, depositan el dinero, ingresan el dinero",
  "approve loan":
    "concesión, concedido, concedidos, otorgamiento, otorgado, concesión del préstamo, concede el préstamo, otorgar el crédito, aprobar el préstamo, aprueban el préstamo, se aprueba el préstamo, aprobar el crédito, aprueban el crédito, se aprueba el crédito, aprobación del préstamo, aprobación del crédito, conceder el préstamo, conceden el préstamo, otorgar el préstamo, otorgan el préstamo, otorgamiento del crédito",
  "cancel application":
    "anulación, desistimiento, desistida, retirada de la solicitud, cancelar la solicitud, cancelan la solicitud, se cancela la solicitud, retirar la solicitud, retiran la solicitud, cancelación de la solicitud, anular la solicitud",
  "create invoice":
    "facturarse, crear la factura, se crea la factura, crean la factura, emitir la factura, emiten la factura, se emite la factura, emitimos la factura, emisión de la factura, creación de la factura, generar la factura, se genera la factura, generamos la factura, generación de la factura, sacar la factura, hacer la factura, hacen la factura, elaboración de la factura, enviar la factura, envían la factura, se envía la factura, enviamos la factura, mandar la factura, mandan la factura, mandamos la factura, se manda la factura, sale la factura, remiten la factura",
  "cancel order":
    "cancelar el pedido, cancelan el pedido, se cancela el pedido, anular el pedido, anulan el pedido, se anula el pedido, anulación del pedido, cancelación del pedido",
  "check documents":
    "revisar los documentos, revisan los documentos, se revisan los documentos, revisar los papeles, revisan los papeles, revisión de documentos, revisión de los documentos, revisión de papeles, revisión de la documentación, comprobar los documentos, comprueban los documentos, verificar los documentos, verifican los documentos, control de documentos, chequeo de documentos, revisión documental, verificación documental, comprobación de documentos, verificación de los documentos",
  "send offer":
    "enviar la oferta, envían la oferta, se envía la oferta, mandan la oferta, mandar la oferta, se manda la oferta, sale la oferta, mandamos la oferta, enviamos la oferta",
  "close ticket": "cerrar el ticket, cierran el ticket, se cierra el ticket, cierre del ticket",
  "reopen ticket":
    "reabrir el ticket, reabren el ticket, se reabre el ticket, reapertura, reapertura del ticket",
  "send invoice":
    "enviar la factura, envían la factura, se envía la factura, enviamos la factura, mandar la factura, mandan la factura, mandamos la factura, se manda la factura, sale la factura, remiten la factura",
};
