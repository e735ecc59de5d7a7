# Cómo va alguien con el tiempo: días sobrios, fichas, el gráfico y sus palabras, y lo mismo para su consejería.

sober-total =
    { $days ->
        [one] { $days } día sin consumir en total
       *[other] { $days } días sin consumir en total
    }
sober-run =
    { $days ->
        [one] { $days } día en este tramo
       *[other] { $days } días en este tramo
    }
sober-day-one = hoy es el primer día
sober-best =
    { $days ->
        [one] tu mejor tramo hasta ahora: { $days } día
       *[other] tu mejor tramo hasta ahora: { $days } días
    }

chip-name =
    { $unit ->
        [day] { $number ->
            [one] { $number } día
           *[other] { $number } días
        }
        [month] { $number ->
            [one] { $number } mes
           *[other] { $number } meses
        }
       *[year] { $number ->
            [one] { $number } año
           *[other] { $number } años
        }
    }
chip-earned = 🏅 <b>{ $chip }.</b> Esta ficha es tuya. Mira todas con /milestones.

milestones-head = <b>Tus fichas</b>
milestones-none = La primera es de un solo día, y está más cerca de lo que parece.
milestones-next =
    La siguiente: <b>{ $chip }</b>, a { $days ->
        [one] { $days } día de aquí
       *[other] { $days } días de aquí
    }.
milestones-private = Esta página solo la ves tú. Las fichas son tuyas, traiga lo que traiga un día difícil.

chip-button-share = Contarlo a mi grupo: { $chip }
chip-choose =
    <b>¿Compartir tu ficha: { $chip }?</b>
    No se publica nada hasta que toques un grupo. Puedes retirarla. Esto es lo que leerá el grupo:
chip-post = 🏅 <b>{ $name }</b> quiere compartir una ficha: <b>{ $chip }</b>. Qué bueno tenerte aquí, { $name }.
chip-button-post = Publicar en { $group }
chip-button-keep = Me la quedo yo
chip-button-back = Retirarla
chip-told-kept = Se queda contigo: <b>{ $chip }</b>. Compártela cuando quieras, o nunca.
chip-told-on-its-way = Va camino de { $group }: <b>{ $chip }</b>.
chip-told-posted = Compartida con <b>{ $group }</b>: { $chip }. Muy bien hecho.
chip-told-not-inside = Ahora no estás en <b>{ $group }</b>, así que no publiqué nada. Tu ficha sigue siendo tuya: { $chip }.
chip-told-not-posted = Ahora no pude publicar en <b>{ $group }</b>, así que nadie la ha visto. Tu ficha sigue siendo tuya: { $chip }.
chip-told-back = Retirada. Tu ficha ya no está en <b>{ $group }</b> y sigue siendo tuya: { $chip }.
chip-told-stays = No pude quitarla de <b>{ $group }</b>: { $chip }. Si todavía está ahí, quien modera puede borrarla.
refused-chip-no-group = Todavía no estás en uno de nuestros grupos, así que no hay dónde compartirla. Tu ficha es tuya igual.
refused-chip-shared = Esa ficha ya está ahí. Con una vez basta para sentir orgullo.

milestones-since = Ya no consumía antes de entrar
ask-sober =
    <b>¿Cuánto tiempo llevas sin consumir?</b>
    Escribe un número de días, o la fecha de tu primer día, por ejemplo 2026-01-05. Solo cambia tu propia cuenta.

progress-title = Cómo vas
progress-button =
    { $days ->
        [one] 📈 { $days } día
       *[other] 📈 { $days } días
    }
progress-days =
    { $count ->
        [0] Todavía no hay registros en los últimos { $of } días.
        [one] { $count } día con respuestas, de los últimos { $of }.
       *[other] { $count } días con respuestas, de los últimos { $of }.
    }
progress-mood = Ánimo: { chart-average } (10 es lo mejor)
progress-craving = Las ganas más fuertes: { chart-average } (10 es lo más fuerte)
progress-sleep = Sueño: { chart-average } (4 es lo mejor)
progress-use =
    { $count ->
        [0] Ningún día con consumo.
        [one] { $count } día con consumo.
       *[other] { $count } días con consumo.
    }

# Palabras dentro de la imagen: solo letras sencillas.
chart-period = del { $since } al { $until }
chart-mood = Ánimo
chart-mood-top = bien
chart-mood-bottom = mal
chart-craving = Las ganas más fuertes
chart-craving-top = fuertes
chart-craving-bottom = nada
chart-sleep = Sueño
chart-sleep-top = muy bien
chart-sleep-bottom = muy mal
chart-use = Alcohol o drogas
chart-use-note =
    { $count ->
        [0] ningún día
        [one] { $count } día
       *[other] { $count } días
    }
chart-average =
    promedio { $average }{ $trend ->
        [rising] , subiendo
        [falling] , bajando
        [steady] , estable
       *[too-few] {""}
    }
chart-no-answers = aquí todavía no hay respuestas
chart-footer = Un hueco es un día sin respuesta.

caseload-empty = Todavía no hay nadie a tu cargo. /invite crea un enlace para participantes.
caseload-head =
    { $count ->
        [one] <b>{ $count } participante.</b> Toca para ver los últimos siete días.
       *[other] <b>{ $count } participantes.</b> Toca para ver los últimos siete días de cada cual.
    }
caseload-page = Aquí de { $first } a { $last }.
button-further = Más →
caseload-button = { $case } · { $alias }
case-button-plan = Su plan
case-button-all = Todas las personas

week-head = <b>{ $case } · { $alias }</b>: los últimos { $days } días
week-adherence = Registros enviados: { $sent } · respondidos: { $answered } · tarde: { $late } · en silencio: { $silent }
week-unreachable =
    { $count ->
        [one] { $count } no pudo llegarle: tiene bloqueado el bot.
       *[other] { $count } no pudieron llegarle: tiene bloqueado el bot.
    }
week-not-sent =
    { $count ->
        [one] { $count } no se envió, por una falla nuestra.
       *[other] { $count } no se enviaron, por una falla nuestra.
    }
week-craving-highest = Las ganas más altas: { $craving } de 10
week-feelings = Lo que más nombró: { $feelings }
week-use = Consumo, { $day }: { $what }
week-plan = Su plan, { $day }: «{ $words }»
week-note = Su nota, { $day }: «{ $words }»
week-form = { $title }, { $day }: { $result }
week-foot = <i>Es lo que la persona cuenta, no un hallazgo. Un número es motivo para preguntar, nunca una respuesta.</i>
