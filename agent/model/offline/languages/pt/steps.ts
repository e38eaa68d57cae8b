import type { Steps } from "../steps.ts";

/** What Portuguese speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "receção da encomenda, recepção do pedido, entrada do pedido, chegada da encomenda, receber o pedido, recebem o pedido, se recebe o pedido, recebemos o pedido, entra o pedido, entrou o pedido, chega o pedido, chegou o pedido, o pedido entra, o pedido chega, recebimento do pedido, receber a encomenda, entra a encomenda, chega a encomenda, receção do pedido",
  "credit check":
    "aprovação de crédito, checar o crédito, checam o crédito, verificar o crédito, verificam o crédito, analisar o crédito, analisam o crédito, avaliar o crédito, conferir o crédito, conferência de crédito, análise do crédito, verificação do crédito, consulta do crédito, crédito conferido, crédito verificado, crédito analisado",
  "pick goods":
    "preparação da encomenda, preparação, recolha da mercadoria, coleta, aviamento, separar a mercadoria, separam a mercadoria, separamos a mercadoria, separar o pedido, separam o pedido, separação do pedido, separação da mercadoria, separação de mercadorias, mercadoria separada, recolher a mercadoria, recolhem a mercadoria, preparar a encomenda, preparam a encomenda, preparar o pedido, preparam o pedido, preparação do pedido, tirar a mercadoria, coleta da mercadoria, pegar a mercadoria, pegam a mercadoria",
  "ship order":
    "enviado, enviados, enviada, despachado, saída do pedido, despachados, remessa, embarque, saída da mercadoria, expedimos, expedir, mandar o pedido, enviar o pedido, enviam o pedido, enviamos o pedido, se envia o pedido, envio do pedido, despachar o pedido, despacham o pedido, despachamos o pedido, despacho do pedido, expedição do pedido, expedir o pedido, mandam o pedido, mandamos o pedido, sai o pedido, o pedido sai, enviar a encomenda, enviam a encomenda, envio da encomenda, expedição da encomenda, sai a mercadoria, envio da mercadoria",
  "clarify order": "clarificação, esclarecer o pedido, esclarecem o pedido, esclarecimento do pedido",
  "receive payment":
    "pagos, paga, liquidação, quitação, quitados, pagam, pagar, o cliente paga, pago, receber o pagamento, recebem o pagamento, recebemos o pagamento, pagamento recebido, pagamento é recebido, chega o pagamento, cai o pagamento, entra o pagamento, entra o dinheiro, cai o dinheiro, entrada do pagamento, recebemos o dinheiro, pagamento entra, pagamento cai",
  "reject order":
    "negados, rejeitar o pedido, rejeitam o pedido, recusar o pedido, recusam o pedido, rejeição do pedido, recusa do pedido",
  "restock item":
    "reposto, volta ao estoque, devolução ao estoque, reentrada em armazém, retorno ao estoque, reposta, ser reposta",
  "return goods":
    "devolvido, devolvidos, devolvida, devoluções, devolver a mercadoria, devolvem a mercadoria, devolução da mercadoria, mercadoria devolvida",
  "handle return":
    "gestão da devolução, processamento da devolução, devolução tratada, tratar a devolução, gestão de devoluções, tratamento de devoluções, tratam a devolução, processar a devolução, processam a devolução",
  "approve order":
    "liberação, liberado, liberados, aprovar o pedido, aprovam o pedido, se aprova o pedido, aprovação do pedido, autorizar o pedido, liberar o pedido, liberam o pedido, aprovação da encomenda, aprovar a encomenda",
  "miss payment date":
    "inadimplência, inadimplentes, pagamento vencido, pagamento em atraso, vencimento perdido, incumprimento, vencimento do pagamento, atraso no pagamento",
  "send reminder":
    "envio do lembrete, cobrança enviada, envio de lembrete, enviar lembrete, mandar o lembrete, mandam o lembrete, enviam o lembrete, enviar o lembrete, mandar um lembrete, enviar um lembrete, mandamos o lembrete, lembrete enviado",
  "open ticket":
    "criação do ticket, registo do ticket, abrir o ticket, abrir o chamado, abre o ticket, abrem o ticket, abertura do ticket, abertura do chamado, abrem o chamado, criar o ticket, criação do chamado, entra o ticket, entra o chamado, abertura de chamado",
  triage:
    "triado, triados, classificação, classificados, classificação inicial, encaminhamento inicial, triar, classificar, classificar o ticket, classificam o ticket, classificação do ticket, triagem do chamado, triagem do ticket",
  "resolve by specialist": "segundo nível, N2, segunda linha, nível 2",
  "confirm solution": "validação da solução, confirmam a solução, confirma a solução, solução confirmada",
  "resolve by first line":
    "primeira linha, N1, resolvido na primeira linha, resolvidos pela primeira linha, primeiro atendimento, atendimento inicial, nível 1, primeiro nível, resolve a primeira linha, resolução na primeira linha, resolução pela primeira linha",
  "ask customer":
    "consulta ao cliente, consultar o cliente, pedir informação ao cliente, questionar o cliente, perguntam ao cliente, perguntamos ao cliente, consultam o cliente",
  answer: "retorno do cliente",
  "submit application":
    "solicitação enviada, apresentação da solicitação, envio da solicitação, entrada da solicitação, submissão, submissão do pedido, entrada da proposta, apresentação do pedido, enviar a solicitação, enviam a solicitação, apresentar o pedido, submeter o pedido, submetem o pedido, entra a solicitação, chega a solicitação, entrar com a solicitação",
  "check documents":
    "análise documental, análise de documentos, conferir os documentos, conferem os documentos, verificar os documentos, verificam os documentos, checar os documentos, checam os documentos, analisar os documentos, analisam os documentos, conferência dos documentos, verificação dos documentos, verificação documental, conferência documental, checagem de documentos, documentos conferidos, documentos verificados, análise dos documentos, rever os documentos, conferir a documentação, conferência da papelada, conferir a papelada",
  "assess risk":
    "estudo de risco, scoring, avaliar o risco, avaliam o risco, analisar o risco, analisam o risco, avaliação do risco, análise do risco, estudo do risco, risco avaliado, risco é avaliado, medir o risco",
  "send offer":
    "proposta enviada, manda a proposta, envio da proposta, enviar a proposta, enviamos a proposta, enviar a oferta, enviam a oferta, oferta enviada, oferta é enviada, mandar a oferta, mandam a oferta, mandamos a oferta, enviamos a oferta, mandar a proposta, mandam a proposta, mandamos a proposta, sai a proposta",
  "request papers":
    "pedido de documentos, solicitação de documentos, documentos pedidos, documentos solicitados, exigência de documentos, pedido de documentação, pedido de papéis, solicitar documentos, pedisse documentos, pedimos documentos, pedem documentos, pede os documentos, pedíssemos documentos, pedir papéis, solicitar papéis, pedir os documentos, pedem os documentos, pedir a documentação, pedem a documentação, pedir os papéis, pedem os papéis, pedem papéis, solicitar os documentos, solicitam documentos, solicitam os documentos, solicitar a papelada, pedir a papelada, pedem a papelada, solicitação da papelada",
  "reject application":
    "indeferimento, indeferidas, negadas, rejeitar a solicitação, rejeitam a solicitação, recusar a solicitação, recusam a solicitação, negar a solicitação, negam a solicitação, rejeição da solicitação, recusa da solicitação, indeferir a solicitação",
  "send papers":
    "envio de documentos, envio dos documentos, documentos enviados, entrega de documentos, entrega dos documentos, mandar os documentos, envio dos papéis, documentos entregues, entrega da documentação, manda os documentos, mandam os documentos, envia os documentos, enviar os documentos, entregam os documentos, entregar os documentos, chegam os documentos, chegam os papéis, mandar os papéis, enviar os papéis, envio da papelada, envio da documentação, mandar a papelada",
  "accept offer":
    "assinatura da oferta, aceitar a oferta, aceita a oferta, aceitam a oferta, aceite a oferta, aceitação da oferta, oferta aceita, oferta aceite, aceitar a proposta, aceita a proposta, aceitam a proposta, aceitação da proposta, proposta aceita, proposta aceite, aceite da proposta, aceite da oferta, assinar a oferta, assinar a proposta, assinatura da proposta",
  "pay out":
    "liberação do dinheiro, liberação do crédito, depósito, pagamento do empréstimo, receber o dinheiro, pagamos o empréstimo, pagamento, pago, desembolsado, desembolsados, desembolsar o empréstimo, desembolso do empréstimo, pagar o empréstimo, pagam o empréstimo, liberar o dinheiro, liberam o dinheiro, libera o dinheiro, dinheiro liberado, transferir o dinheiro, depositar o dinheiro, dinheiro na conta, entrega do dinheiro",
  "approve loan":
    "concessão, concedido, concedidos, concessão do empréstimo, libera o empréstimo, liberar o empréstimo, liberação do empréstimo, aprovar o empréstimo, aprovam o empréstimo, aprovação do empréstimo, aprovar o crédito, aprovam o crédito, aprovação do crédito, conceder o empréstimo, concedem o empréstimo, concessão do crédito, conceder o crédito",
  "cancel application":
    "desistência, desistentes, cancelar a solicitação, cancelam a solicitação, cancelamento da solicitação, desistir da solicitação, retirar a solicitação",
  "create invoice":
    "emitimos a nota, emissão da nota, criar a fatura, criam a fatura, criação da fatura, fatura criada, fatura é criada, emitir a fatura, emitem a fatura, fatura emitida, fatura é emitida, gerar a fatura, geram a fatura, geração da fatura, faturado, faturados, emitir a nota, fazer a fatura, tirar a fatura, enviar a fatura, enviam a fatura, se envia a fatura, enviamos a fatura, mandar a fatura, mandam a fatura, mandamos a fatura, sai a fatura, manda a fatura, envia a fatura",
  "cancel order":
    "cancelar o pedido, cancelam o pedido, se cancela o pedido, anular o pedido, cancelamento do pedido, cancelar a encomenda, cancelamento da encomenda",
  "close ticket":
    "fechar o ticket, fecham o ticket, fecho do ticket, fechamento do ticket, fechar o chamado, fechamento do chamado, encerrar o chamado, encerramento do chamado, encerrar o ticket, encerramento do ticket",
  "reopen ticket":
    "reabrir o ticket, reabrem o ticket, reabertura, reabertura do ticket, reabrir o chamado, reabertura do chamado",
  "send invoice":
    "enviar a fatura, enviam a fatura, se envia a fatura, enviamos a fatura, mandar a fatura, mandam a fatura, mandamos a fatura, sai a fatura, manda a fatura, envia a fatura",
};
