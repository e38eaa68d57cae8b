import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "es",
  name: "Español",
  functionWords:
    "el la los las lo un una unos unas de del al y e o u pero sino aunque porque que qué quien quién quienes cual cuál cuales cuáles cuanto cuánto cuanta cuánta cuantos cuántos cuantas cuántas como cómo cuando cuándo donde dónde adonde adónde por para con sin sobre entre hasta desde hacia según contra durante ante bajo tras en a yo tú usted ustedes él ella ellos ellas nosotros nosotras me te se le les nos mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas eso esto aquel aquella aquello es son era eran fue fueron ser está están estaba estamos estoy sido ha han hay había he hemos haber tiene tienen tenemos tener tengo puede pueden podemos puedo podría podrían debe deben debería deberían quiero quiere querría hace hacen hacer hacemos va van vamos voy dime dame muestra muéstrame enséñame favor no ni sí más menos muy mucho mucha muchos muchas poco pocos tanto tanta tantos tantas tan todo toda todos todas cada otro otra otros otras algo alguien algún alguno alguna algunos algunas nada nadie ningún ninguno ninguna ya aún todavía también solo sólo siempre nunca jamás ahora hoy ayer aquí ahí allí así entonces luego después antes mismo misma mismos mismas si xq pq porfa q xfa tb tmb pues pon sean sea será serán estuviera fuera fueran hubiera tuviera quisiera necesito necesita gustaría abajo arriba debajo encima dentro ambos cuyo cuya mientras quizás tal vez",
  traits:
    "ñ, ¿, ¡, ción_, ciones, dad_, ería, iento, ue, ll, á, é, í, ó, ú, mos_, ando_, iendo_, aje_, illo, ejo_, ueno",
  script: null,
};
