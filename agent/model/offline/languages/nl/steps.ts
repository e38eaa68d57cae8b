import type { Steps } from "../steps.ts";

/** What Dutch speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "orderontvangst, bestelling ontvangen, order ontvangen, binnenkomst van de order, order binnenkomt, bestelling binnenkomt",
  "credit check":
    "kredietcontroles, kredietwaardigheid controleren, krediet gecontroleerd, solvabiliteitscontrole, kredietcheck",
  "pick goods":
    "goederen picken, goederen verzamelen, goederen verzameld, verzameld, klaargezet, orderverzameling, picking, orderpick",
  "ship order":
    "verscheept, verschepen, verstuurt, verzendt, opgestuurd, uitgeleverd, verzending van de order, uitgaande zending",
  "create invoice":
    "factuur opmaken, factuur opgemaakt, factuur gemaakt, factuur opstellen, factuur opgesteld, factuur aanmaken, factuur aangemaakt, factuur sturen, factuur verstuurd, opmaak van de factuur, factureert",
  "clarify order":
    "order verduidelijken, order uitzoeken, order uitgezocht, orderopheldering, verduidelijking, verduidelijkt",
  "receive payment":
    "betaalt, betaalde, betaalden, betaling ontvangen, betaling binnen, betaling binnenkomt, geld binnen, geld binnenkomt, ontvangst van de betaling, overgemaakt",
  "reject order":
    "order afgewezen, order afwijzen, orderafwijzing, afgewezen orders, geweigerd, geweigerde, weigering, afgekeurd, afgekeurde",
  "restock item": "terug in voorraad, teruggelegd, terug op voorraad, weer ingeboekt, teruggeplaatst",
  "return goods":
    "goederen teruggestuurd, terugsturen, goederen terug, stuurt terug, teruggezonden, terugzending",
  "handle return":
    "retour verwerken, retour verwerkt, retourverwerking, retour behandelen, retour afhandelen",
  "approve order":
    "order goedgekeurd, order goedkeuren, keurt goed, keuren goed, gefiatteerd, fiatteren, fiat, vrijgegeven orders, orderfiattering",
  "miss payment date":
    "betaaltermijn verlopen, betaaldatum gemist, betaaltermijn gemist, vervaldatum gemist, betaaltermijn overschreden, wanbetaling",
  "send reminder":
    "aanmaningen, aangemaand, aanmanen, herinneringen, herinnering gestuurd, herinnering sturen, aanmaning verstuurd, aanmaning sturen, betalingsherinnering",
  "open ticket":
    "ticket openen, ticket geopend, ticket aanmaken, ticket aangemaakt, opening van het ticket, ticketopening, ticket aangemeld",
  triage: "triëren, getrieerd, voorsortering, voorsorteren, eerste inschatting",
  "resolve by specialist":
    "tweede lijn, tweedelijns, second line, tweedelijn, door een specialist opgelost, specialisten, tweedelijnsoplossing",
  "resolve by first line":
    "eerste lijn, eerstelijns, first line, eerstelijn, eerstelijnsoplossing, door de eerste lijn opgelost",
  "confirm solution": "oplossing bevestigd, oplossing bevestigen, bevestiging van de oplossing, bevestigt",
  "close ticket":
    "ticket sluiten, ticket gesloten, sluiting van het ticket, ticket afsluiten, ticket afgesloten, afsluiten van het ticket",
  "ask customer":
    "vraag aan de klant, vragen aan de klant, klant gevraagd, klant bevraagd, klantvraag, klant vragen, navragen, nagevraagd, terugvraag",
  answer: "antwoord van de klant, klantantwoord, geantwoord, reactie van de klant, beantwoord",
  "submit application":
    "aanvraag ingediend, aanvraag indienen, ingediende aanvragen, indiening van de aanvraag, binnenkomst van de aanvraag, aanvraag binnenkomt, indient",
  "check documents":
    "documenten gecontroleerd, documenten controleren, documentcontrole, documentencontrole, stukken nagekeken, stukken controleren, stukkencontrole, controle van de documenten, controle van de stukken, papieren nakijken, papieren nagekeken, dossiercontrole",
  "assess risk":
    "risico beoordeeld, risico beoordelen, risico-inschatting, risicoanalyse, risicobeoordelingen, beoordeling van het risico, risico inschatten",
  "send offer":
    "offerte verstuurd, offerte versturen, offerte gestuurd, aanbod verstuurd, aanbod versturen, offerte verzonden, verzending van de offerte, verzending van het aanbod",
  "accept offer":
    "geaccepteerd, geaccepteerde, accepteert, accepteren, accepteerde, aanvaard, aanvaarde, aanvaardt, aanvaarden, offerte aanvaard, aanbod aanvaard, aanbod geaccepteerd, aanbod accepteert, offerte getekend, akkoord op de offerte, akkoord van de klant",
  "request papers":
    "documenten opvragen, documenten opgevraagd, stukken opvragen, stukken opgevraagd, papieren opvragen, papieren opgevraagd, opvragen van documenten, opvraging, bijkomende stukken gevraagd",
  "send papers":
    "documenten aangeleverd, documenten aanleveren, stukken aangeleverd, stukken aanleveren, aangeleverd, aanlevering, papieren opgestuurd, documenten opgestuurd, nagestuurd, stukken nagestuurd",
  "reject application":
    "aanvraag afgewezen, aanvraag afwijzen, afgewezen aanvragen, kredietafwijzing, geweigerd, geweigerde, weigering, afgekeurd, afgekeurde, afwijzingen",
  "cancel application":
    "ingetrokken, aanvraag ingetrokken, intrekking, ingetrokken aanvragen, afgebroken, geannuleerd, geannuleerde, annulatie, afgehaakt, afhaken, aanvraag geannuleerd",
  "pay out": "uitkering, uitgekeerd, uitkeren, uitbetaalt, geld overgemaakt, uitbetalingen, geld uitbetaald",
  "approve loan":
    "lening goedgekeurd, lening goedkeuren, krediet goedgekeurd, krediet toegekend, toegekend, toekenning, lening toegekend, goedkeuring van de lening, kredietgoedkeuring, leninggoedkeuring, toekennen",
};
