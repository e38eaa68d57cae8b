import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "nl",
  name: "Nederlands",
  functionWords:
    "ertegen de het een van en of maar want dat die dit deze der den des is zijn was waren wordt worden werd werden geworden ben bent heb hebt heeft hebben had hadden kan kun kunt kunnen kon konden zou zouden zullen zal zult moet moeten moest mag mogen wil wilt willen wilde ik jij je jullie u uw hij zij ze wij we mij me jou jouw hem haar hun hen ons onze mijn zich zelf hoe waar wat wie wanneer waarom waardoor waarvoor waarvan waarop waarin hoeveel welk welke veel vele toon laat zien geef geeft noem zeg vertel eens even graag alstublieft alsjeblieft voor met door bij naar op om aan uit over onder tegen zonder na sinds tot tussen tijdens per niet geen ook nog al alleen maar nu hier daar er zo heel erg zeer meer meest meeste iets niets alle alles elke elk ieder iedere iemand niemand altijd nooit weer vandaag te ten ter toe dus dan als toen omdat zodat terwijl hierbij hierin ervan eraan erin erop daarvan daarvoor daarom daarmee eigenlijk misschien ongeveer sommige enkele welk hebben gaat gaan ga doe doet doen gedaan maak maakt maken komt komen staat staan ligt liggen zit zitten hoor toch wel nou best mis namens hè ge gij aub joh efkes effe effen merci",
  traits:
    "ij, oe, aa, uu, ee, oo, sch, _ge, heid, _ver, lijk, _het_, cht, gg, kk, zi, ui, eu, tij, ijk, _langst, oor",
  script: null,
};
