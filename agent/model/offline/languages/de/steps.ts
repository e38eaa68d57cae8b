import type { Steps } from "../steps.ts";

/** What German speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "Auftragseingang, Bestelleingang, Eingang des Auftrags, Auftrag kommt rein, Bestellung kommt rein",
  "credit check":
    "Bonität geprüft, Bonität prüfen, Bonität prüft, Bonitätsprüfungen, Kreditwürdigkeitsprüfung, Solvenzprüfung",
  "pick goods":
    "kommissionierte, kommissionierten, kommissioniert wird, Ware zusammenstellen, Ware zusammengestellt, Pickvorgang, gepickt, picken, Lagerentnahme",
  "ship order":
    "Auslieferung, verlädt, verladen, verschickte, verschickten, versendete, versendeten, versandten, rausgehen, rausgeht, Ware rausgeht, Ware geht raus, Warenausgang, spediert, Spedition",
  "create invoice":
    "Rechnung ausgestellt, Rechnung ausstellen, Rechnung erstellt, Rechnung erstellen, Rechnung stellen, Rechnung gestellt, Rechnung geschrieben, Rechnung schreiben, Rechnungserstellung, Rechnungsstellung, Fakturierung, Fakturieren, Rechnungslegung, verrechnet, in Rechnung stellen, fakturieren",
  "clarify order":
    "Auftragsklärung, Klärungsschleife, Auftrag geklärt, Auftrag klären, Rückfragen zum Auftrag, Klärfall",
  "receive payment":
    "zahlt, gezahlt, bezahlte, bezahlten, zahlte, Geldeingang, Zahlungserhalt, eingezahlt, überwiesen, überweist, Zahlung eingegangen, Zahlung eingeht, Zahlung kommt",
  "reject order":
    "Auftrag abgelehnt, Auftrag ablehnen, Auftragsablehnung, abgelehnte, abgelehnten, abgewiesen, abgewiesene",
  "restock item": "Rücklagerung, zurück ins Lager, wieder eingelagert, Wiedereinlagerung, einlagern",
  "return goods":
    "Ware zurück, Ware zurückgeschickt, zurückgesendet, zurückgesandt, zurückschicken, zurückschickt, schicken zurück, Warenrücksendung, Rückgabe",
  "handle return":
    "Retourenbearbeitung, Retourenabwicklung, Retoure bearbeiten, Retoure bearbeitet, Retouren bearbeiten",
  "approve order":
    "freigibt, freigab, freigegebene, freigegebenen, Auftrag freigibt, Auftrag freigegeben, Auftrag freigeben, gibt den Auftrag frei, genehmigen wir, absegnet, abgesegnet",
  "miss payment date":
    "Zahlungsziel verpasst, Zahlungstermin verpasst, Zahlungsziel überschritten, Zahlungsverzug, Zahlungsfrist versäumt",
  "send reminder":
    "Mahnung verschickt, Mahnung verschicken, Mahnungen, Mahnung schicken, Zahlungserinnerung, mahnen, mahnt, gemahnte, gemahnten, Mahnschreiben",
  "open ticket":
    "Ticketeröffnung, Ticketerstellung, Ticketeingang, Eröffnung des Tickets, Ticket eröffnet, Ticket eröffnen, Ticket aufgemacht, Ticketanlage, Ticket angelegt",
  triage: "Ersteinschätzung, Vorsortierung, vorsortiert, Vorqualifizierung, eingestuft, Einstufung",
  "resolve by specialist":
    "Second Level, Second-Level, 2nd Level, zweiter Level, zweite Linie, zweiten Linie, Fachabteilung, Fachexperte, Fachexperten, Spezialisten gelöst, Spezialist gelöst",
  "resolve by first line":
    "First Level, First-Level, 1st Level, erste Linie, ersten Linie, Erstlöser, Erstlinie, direkt am Telefon gelöst",
  "confirm solution":
    "Lösungsbestätigung, Lösung bestätigt, Lösung bestätigen, Bestätigung der Lösung, bestätigt",
  "close ticket":
    "Ticketschließung, Ticketabschluss, Ticket geschlossen, Ticket schließen, Schließen des Tickets, Ticket zugemacht",
  "ask customer":
    "Kundenrückfrage, Kundenrückfragen, Rückfrage beim Kunden, Rückfragen an den Kunden, Frage an den Kunden, Kunde gefragt, Kunden gefragt, Kunden fragen, nachgefragt, nachfragen, Rückfragen",
  answer: "Kundenantwort, Antwort des Kunden, geantwortet, Rückmeldung, Rückmeldung des Kunden, beantwortet",
  "submit application":
    "Antragseingang, Antragseinreichung, Antrag eingereicht, Antrag einreichen, Antrag gestellt, Antrag stellen, eingereicht, Einreichung, Gesuchseingang, Eingang des Antrags",
  "check documents":
    "Unterlagenprüfung, Unterlagen geprüft, Unterlagen prüfen, Dokumentenprüfung, Dokumentencheck, Dokumente geprüft, Dokumente prüfen, Unterlagencheck, Prüfung der Unterlagen, Prüfung der Dokumente",
  "assess risk":
    "Risikoeinschätzung, Risikoanalyse, Risiko bewertet, Risiko bewerten, Risiko geprüft, Bewertung des Risikos, Scoring",
  "send offer":
    "Angebotsversand, Angebot verschickt, Angebot verschicken, Angebot versendet, Angebot gesendet, Angebot raus, Angebot rausgeschickt, Offerte verschickt, Versand der Offerte, Versand des Angebots",
  "accept offer":
    "angenommen, angenommene, angenommenen, Angebot angenommen, Angebot annehmen, annimmt, Angebotsannahme, Annahme des Angebots, Annahme der Offerte, Offerte angenommen, zusagt, zugesagt, unterschrieben, Zusage des Kunden",
  "request papers":
    "Unterlagen nachfordern, Unterlagen anfordern, Unterlagen angefragt, Unterlagennachforderung, Unterlagenanforderung, Nachforderung von Unterlagen, Anforderung der Unterlagen, fehlende Unterlagen angefordert, nachfordern",
  "send papers":
    "Unterlagen nachgereicht, Unterlagen nachreichen, nachgereicht, nachreichen, Unterlagen geschickt, Unterlagen schickt, Unterlagen eingegangen, Unterlageneingang, Nachreichung",
  "reject application":
    "Antrag abgelehnt, Antrag ablehnen, Antragsablehnung, abgelehnte, abgelehnten, Kreditablehnung, abschlägig, Absage, Absagen",
  "cancel application":
    "Antrag zurückgezogen, zurückgezogen, zurückgezogene, zurückgezogenen, Antrag storniert, Rückzug, Antragsrückzug, abgesprungen, Abbruch, abgebrochen, abgebrochene, abgebrochenen, storniert, stornierte, stornierten",
  "pay out":
    "auszahlt, auszahlen, Geld ausgezahlt, Geld überwiesen, Kreditauszahlung, Auszahlungen, Valutierung",
  "approve loan":
    "Kredit bewilligt, Kredit genehmigt, Kredit genehmigen, Kreditbewilligung, Kreditgenehmigung, Kreditzusage, Bewilligung, Zusage, bewilligen, Darlehen bewilligt",
};
