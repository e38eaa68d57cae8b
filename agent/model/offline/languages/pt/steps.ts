import type { Steps } from "../steps.ts";

/** What Portuguese speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order": "receção da encomenda, recepção do pedido, entrada do pedido, chegada da encomenda",
  "credit check": "aprovação de crédito",
  "pick goods": "preparação da encomenda, preparação, recolha da mercadoria, coleta, aviamento",
  "ship order":
    "enviado, enviados, enviada, despachado, saída do pedido, despachados, remessa, embarque, saída da mercadoria, expedimos, expedir, mandar o pedido",
  "clarify order": "clarificação",
  "receive payment": "pagos, paga, liquidação, quitação, quitados, pagam, pagar, o cliente paga, pago",
  "reject order": "negados",
  "restock item":
    "reposto, volta ao estoque, devolução ao estoque, reentrada em armazém, retorno ao estoque, reposta, ser reposta",
  "return goods": "devolvido, devolvidos, devolvida, devoluções",
  "handle return":
    "gestão da devolução, processamento da devolução, devolução tratada, tratar a devolução, gestão de devoluções, tratamento de devoluções",
  "approve order": "liberação, liberado, liberados",
  "miss payment date":
    "inadimplência, inadimplentes, pagamento vencido, pagamento em atraso, vencimento perdido, incumprimento, vencimento do pagamento, atraso no pagamento",
  "send reminder": "envio do lembrete, cobrança enviada, envio de lembrete, enviar lembrete",
  "open ticket": "criação do ticket, registo do ticket, abrir o ticket, abrir o chamado, abre o ticket",
  triage:
    "triado, triados, classificação, classificados, classificação inicial, encaminhamento inicial, triar, classificar",
  "resolve by specialist": "segundo nível, N2, segunda linha, nível 2",
  "confirm solution": "validação da solução",
  "resolve by first line":
    "primeira linha, N1, resolvido na primeira linha, resolvidos pela primeira linha, primeiro atendimento, atendimento inicial, nível 1, primeiro nível",
  "ask customer":
    "consulta ao cliente, consultar o cliente, pedir informação ao cliente, questionar o cliente",
  answer: "retorno do cliente",
  "submit application":
    "solicitação enviada, apresentação da solicitação, envio da solicitação, entrada da solicitação, submissão, submissão do pedido, entrada da proposta, apresentação do pedido",
  "check documents": "análise documental, análise de documentos",
  "assess risk": "estudo de risco, scoring",
  "send offer":
    "proposta enviada, manda a proposta, envio da proposta, enviar a proposta, enviamos a proposta",
  "request papers":
    "pedido de documentos, solicitação de documentos, documentos pedidos, documentos solicitados, exigência de documentos, pedido de documentação, pedido de papéis, solicitar documentos, pedisse documentos, pedimos documentos, pedem documentos, pede os documentos, pedíssemos documentos, pedir papéis, solicitar papéis",
  "reject application": "indeferimento, indeferidas, negadas",
  "send papers":
    "envio de documentos, envio dos documentos, documentos enviados, entrega de documentos, entrega dos documentos, mandar os documentos, envio dos papéis, documentos entregues, entrega da documentação, manda os documentos, mandam os documentos, envia os documentos, enviar os documentos, entregam os documentos",
  "accept offer": "assinatura da oferta",
  "pay out":
    "liberação do dinheiro, liberação do crédito, depósito, pagamento do empréstimo, receber o dinheiro, pagamos o empréstimo, pagamento, pago",
  "approve loan":
    "concessão, concedido, concedidos, concessão do empréstimo, libera o empréstimo, liberar o empréstimo, liberação do empréstimo",
  "cancel application": "desistência, desistentes",
  "create invoice": "emitimos a nota, emissão da nota",
};
