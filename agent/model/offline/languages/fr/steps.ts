import type { Steps } from "../steps.ts";

/** What French speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order": "commandes reçues, entrée de la commande, arrivée de la commande",
  "pick goods": "prélevé, prélevée, prélevées",
  "ship order":
    "expédié, expédiée, expédiées, expédiés, expédie, départ de la marchandise, départ entrepôt, envoi de la marchandise, enlèvement, on expédie, partent, quittent l'entrepôt, quitte l'entrepôt, part de l'entrepôt, partent de l'entrepôt, quitté l'entrepôt",
  "create invoice": "mise en facturation",
  "receive payment": "payé, payée, payées, payer, paient, payent, toucher l'argent",
  "restock item": "remis en stock, réintégration en stock, retour en stock, remise en rayon",
  "return goods":
    "renvoyée, renvoyées, retournée, retournées, renvoie, renvoi de la marchandise, renvoient la marchandise",
  "handle return": "gestion du retour, gestion des retours",
  "approve order": "validée, validées, accord sur la commande, feu vert",
  "miss payment date": "échéance manquée, paiement en retard, impayé, impayés, impayée, échéance ratée",
  "send reminder": "rappel de paiement",
  "open ticket":
    "ouverture, ouverture du ticket, création du ticket, ouverture de ticket, ouvre un ticket, création de ticket",
  triage:
    "trié, triés, qualification du ticket, aiguillage, tri initial, trier, on trie, triés au départ, tri",
  "resolve by specialist":
    "deuxième niveau, N2, support niveau 2, seconde ligne, deuxième ligne, n2, niveau 2",
  "confirm solution": "validation de la solution, solution validée",
  "resolve by first line": "N1, support niveau 1, n1, niveau 1",
  "ask customer":
    "demande d'info au client, questionner le client, poser une question, on lui pose une question",
  "submit application": "demande déposée, demande soumise, dépôt du dossier, dépôt de dossier, dépôt",
  "check documents": "examen des pièces, vérifiait plus les documents",
  "assess risk": "étude du risque, appréciation du risque, scoring",
  "send offer": "envoi de la proposition",
  "request papers": "demande de papiers, redemander des pièces, redemande des pièces",
  "reject application": "débouté",
  "send papers":
    "documents envoyés, envoi des papiers, pièces reçues, réception des pièces, renvoie les documents, retour des pièces",
  "accept offer": "signature de l'offre, offre signée",
  "pay out":
    "déblocage, déblocage des fonds, débloqué, débloqués, mise à disposition des fonds, virement des fonds, débloquer les fonds, débloque les fonds, paiement",
  "approve loan":
    "accord du prêt, accordé, accordés, prêt accordé, accord de prêt, octroi, octroi du prêt, accord de crédit, accorde le prêt, accordons, décision d'accord, accorder le prêt",
  "cancel application":
    "annulé, annulés, annulée, désistement, abandon du dossier, dossier annulé, abandonné, retrait de la demande",
};
