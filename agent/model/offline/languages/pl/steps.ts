import type { Steps } from "../steps.ts";

/** What Polish speakers call steps that logs name in English: nouns, participles and verbs with their object. */
export const steps: Steps = {
  "receive order":
    "wpływ zamówienia, wpłynięcie zamówienia, zamówienie wpłynęło, zamówienie wpływa, złożenie zamówienia, złożono zamówienie, klient składa zamówienie, rejestracja zamówienia, zarejestrowanie zamówienia, zamówienie przyszło",
  "clarify order": "uzgodnienie zamówienia, doprecyzowanie zamówienia, dopytanie o zamówienie",
  "credit check":
    "sprawdzanie wypłacalności, sprawdzenie wypłacalności, weryfikacja wypłacalności, ocena wypłacalności, badanie zdolności kredytowej",
  "reject order": "odmowa przyjęcia zamówienia, odrzucamy zamówienie",
  "pick goods": "zebranie towaru, zbieranie towaru, przygotowanie towaru, picking",
  "ship order":
    "wysyłka, wysłanie towaru, wysyłka towaru, wysyłamy towar, wysłano towar, nadanie paczki, nadanie przesyłki, ekspedycja, wysyłka paczki, wysłanie paczki, wydanie towaru",
  "create invoice":
    "wystawienie FV, wystawiona FV, wystawienie rachunku, faktura wystawiona, fakturę wystawiono, sporządzenie faktury",
  "receive payment":
    "płatność, zapłata, wpłata, wpływ środków, wpływ pieniędzy, wpływ należności, opłacenie faktury, faktura opłacona, opłacono fakturę, klient zapłacił, klient płaci, zapłacono, pieniądze wpłynęły, pieniądze na koncie",
  "miss payment date":
    "przekroczenie terminu płatności, niedotrzymanie terminu płatności, termin płatności minął, minięcie terminu płatności, brak płatności w terminie, przeterminowana płatność, przeterminowanie płatności",
  "send reminder": "monit o płatność, ponaglenie płatności, wysłanie wezwania do zapłaty, upomnienie",
  "return goods":
    "zwrot, zwroty, zwrotów, odesłanie towaru, odsyłają towar, zwrot produktu, zwrócenie towaru, zwracają towar",
  "handle return": "załatwienie zwrotu, przetworzenie zwrotu, obsłużenie zwrotu",
  "restock item":
    "przyjęcie na stan, zwrot na magazyn, odłożenie na magazyn, powrót towaru na magazyn, przyjęcie na magazyn",
  "submit application":
    "klient składa wniosek, składanie wniosku, składają wniosek, wniosek wpłynął, wniosek złożono, wpływ wniosku",
  "check documents": "sprawdzanie papierów, sprawdzenie papierów, przegląd dokumentów, weryfikacja papierów",
  "request papers":
    "prosimy o dokumenty, poproszenie o dokumenty, wezwanie do uzupełnienia, żądanie dokumentów, prośba o papiery, prośba o uzupełnienie",
  "send papers":
    "przesłanie dokumentów, dostarczenie dokumentów, klient dosyła dokumenty, nadesłanie dokumentów, dosyłanie dokumentów, dosłanie papierów",
  "assess risk": "oszacowanie ryzyka, badanie ryzyka, ocenić ryzyko",
  "approve loan":
    "zatwierdzać kredyt, zatwierdza kredyt, zatwierdził kredyt, zatwierdzać pożyczkę, zatwierdził pożyczkę, przyznanie kredytu, przyznano kredyt, udzielenie kredytu, udzielono kredytu, decyzja kredytowa, zgoda na kredyt, zaakceptował kredyt",
  "reject application": "odmowa, odmowa kredytu, odmówiono kredytu, odmowna decyzja, decyzja odmowna",
  "send offer": "przesłanie oferty, przedstawienie oferty, wysłana oferta, złożenie oferty",
  "accept offer":
    "klient akceptuje ofertę, klient akceptuje, klient akceptuje ją, klient ją akceptuje, klient zaakceptował, klient przyjął ofertę, klient przyjmuje, podpisanie oferty",
  "cancel application":
    "rezygnacja, rezygnacja z wniosku, klient zrezygnował, klient rezygnuje, klient się wycofał, wycofanie się klienta",
  "pay out": "przelew środków, przelanie środków, wypłacenie kredytu, uruchomienie środków",
  "open ticket":
    "utworzenie zgłoszenia, założenie zgłoszenia, rejestracja zgłoszenia, zarejestrowanie zgłoszenia, wpłynięcie zgłoszenia, zgłoszenie wpłynęło",
  triage:
    "wstępna kwalifikacja, wstępna ocena zgłoszenia, klasyfikacja zgłoszenia, segregacja zgłoszeń, przydzielenie zgłoszenia",
  "resolve by first line": "pierwsza linia rozwiązuje, rozwiązano w pierwszej linii",
  "resolve by specialist": "specjalista rozwiązuje, rozwiązano przez specjalistę, drugi poziom wsparcia",
  "ask customer": "pytamy klienta, pytają klienta, zadanie pytania klientowi, kontakt z klientem",
  answer: "klient odpowiada, klient odpowiedział, klient odpisuje, odpisanie klienta",
  "confirm solution":
    "klient potwierdza rozwiązanie, potwierdzamy rozwiązanie, potwierdził rozwiązanie, akceptacja rozwiązania",
  "close ticket": "zamknięcie, zamykamy, zgłoszenie zamknięto",
};
