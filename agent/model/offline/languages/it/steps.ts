import type { Steps } from "../steps.ts";

/** What Italian speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "arrivo dell'ordine, entrata ordine, ricevimento ordine, presa in carico dell'ordine, acquisizione ordine",
  "credit check": "affidamento cliente",
  "pick goods": "preparazione, preparazione dell'ordine, preparati, allestimento",
  "ship order":
    "spedito, spediti, spedita, evasione, invio merce, invio della merce, partenza merce, spedizione della merce",
  "clarify order": "delucidazione",
  "receive payment": "pagato, pagati, saldati, paga, riscossione, pagano, saldano, pagare, paga la fattura",
  "reject order": "rigetto, bocciati, respingimento",
  "restock item":
    "reintegro, rientro a magazzino, ritorno a magazzino, rimettere a magazzino, rimesso a scaffale",
  "return goods":
    "restituzione, restituito, restituiti, merce resa, restituzione merce, merce restituita, rientro merce, restituiscono, rimandano indietro, tornati indietro, torna indietro la merce",
  "handle return": "lavorazione del reso, reso lavorato, pratica di reso",
  "approve order": "benestare, via libera all'ordine",
  "miss payment date":
    "scadenza mancata, insoluto, insoluti, pagamento scaduto, pagamento in ritardo, scadenza saltata, morosi, mancato pagamento",
  "send reminder": "sollecito di pagamento",
  "open ticket":
    "apertura, apertura ticket, apertura del ticket, creazione ticket, inserimento del ticket, aprire il ticket, apre un ticket",
  triage:
    "smistamento, smistato, smistati, classificazione, smistamento iniziale, prima classificazione, smistare, smistiamo",
  "resolve by specialist": "secondo livello, seconda linea, l2, livello 2",
  "ask customer": "chiesto al cliente, richiesta info al cliente, interpellare il cliente",
  "submit application": "inoltro della domanda, invio della domanda, invio domanda, deposito della domanda",
  "check documents": "esame dei documenti, controllo delle carte",
  "assess risk":
    "istruttoria, scoring, valutato il rischio, valutare il rischio, valuta il rischio, rischio valutato, rischio viene valutato, rischio sempre valutato",
  "request papers":
    "richiesta integrazioni, integrazione documentale, chiedessimo documenti, richiedessimo documenti",
  "reject application": "rigetto, bocciate, diniego",
  "send papers":
    "invio da parte del cliente, consegna dei documenti, documenti consegnati, mandare i documenti, arrivo dei documenti, manda i documenti, mandano i documenti, riceviamo i documenti",
  "accept offer": "firma dell'offerta, offerta firmata, accettasse l'offerta",
  "pay out":
    "liquidazione, liquidato, liquidati, versamento, accredito, eroghiamo, liquidare, versare i soldi, pagamento",
  "approve loan":
    "concessione, concessione del prestito, delibera, prestito concesso, concessi, benestare, concediamo il prestito",
  "cancel application": "annullata, annullate, rinuncia, ritiro della domanda, pratica annullata, disdetta",
  "resolve by first line": "l1, livello 1, primo livello, risoluzione primo livello",
};
