# La razón de un hallazgo, para quien la pide: lo que se vio, nunca lo que demuestra. Un texto por cada regla de riesgo.

rule-use-reported =
    { $use ->
        [alcohol] Dijo que bebió alcohol desde el último registro.
       *[other] Dijo que consumió algo distinto del alcohol desde el último registro.
    }
rule-not-safe-now = Contó que consumió, y ahora mismo no está a salvo o no lo sabe bien.
rule-opioid-after-break =
    { $days ->
        [-1] Consumió un opioide o algo que puede serlo, y antes no había contado ningún consumo.
       *[other] Consumió un opioide o algo que puede serlo, después de { $days } días sin consumir.
    } Puede que su cuerpo aguante mucho menos que antes.
rule-opioid-alone = Consumió un opioide o algo que puede serlo, y ahora mismo no hay nadie a su lado.
rule-opioid-mixed = Mezcló un opioide, o algo que puede serlo, con sedantes, alcohol o estimulantes. Eso acerca una sobredosis.
rule-use-kept-private = Prefirió { $times } veces seguidas no decir si consumió. No se cuenta como consumo.
rule-medication-gap =
    { $medication ->
        [ran-out] Se le acabó la medicación para su recuperación.
       *[other] Dejó la medicación para su recuperación.
    }
rule-craving-high = Dijo que sus ganas más fuertes en las últimas 24 horas fueron de { $craving } de 10.
rule-craving-lasting = Sus ganas más fuertes están en { $craving } de 10, y fueron altas en { $days } de los últimos 3 días.
rule-craving-unsure = Sus ganas más fuertes están en { $craving } de 10, y su confianza en no consumir, en { $confidence } de 10.
rule-craving-risk-ahead = Sus ganas más fuertes están en { $craving } de 10, y le espera una situación difícil en las próximas 24 horas.
rule-craving-above-own = Sus ganas más fuertes están en { $craving } de 10. Lo habitual para esta persona, en { $days } días, es { $usual }.
rule-risk-ahead = Ve venir una situación difícil en las próximas 24 horas.
rule-argument = Tuvo una discusión.
rule-mood-low = Dijo que su ánimo hoy está en { $mood } de 10 (10 es lo mejor).
rule-mood-below-own = Su ánimo está en { $mood } de 10. Lo habitual para esta persona, en { $days } días, es { $usual }.
rule-mood-lasting = Su ánimo está en { $mood } de 10, y estuvo bajo en { $days } de los últimos 3 días.
rule-confidence-low = Confianza en no consumir hasta el próximo registro: { $confidence } de 10.
rule-confidence-lasting = Poca confianza en no consumir, ayer y hoy ({ $confidence } de 10).
rule-sleep-bad = Durmió muy mal { $nights } noches seguidas.
rule-sleep-bad-craving = Durmió muy mal { $nights } noches seguidas, con ganas de { $craving } de 10.
rule-silent-notice = Dejó { $times } registros seguidos sin responder.
rule-silent-long = No ha respondido los últimos { $times } registros. Los avisos que nunca salieron no cuentan.
rule-silent-early = Dejó { $times } registros seguidos sin responder. Eso pesa más al principio, después de una recaída o con opioides.
rule-asq-unanswered = Una respuesta llevó a las preguntas sobre suicidio, y en 30 minutos no las terminó. Por favor, pregúntale tú.
rule-own-form-digest = Las respuestas al formulario propio { $form } están en un rango que pidieron ver en el resumen.
rule-own-form-same-day = Las respuestas al formulario propio { $form } están en un rango que pide hablar hoy.
rule-own-form-urgent = Las respuestas al formulario propio { $form } están en un rango que pide a alguien a cualquier hora.
rule-own-form-emergency = Las respuestas al formulario propio { $form } están en un rango que significa peligro ahora mismo.
rule-asq-positive = Respondió que sí al menos a una de las preguntas sobre suicidio, o prefirió no decirlo.
rule-asq-acute = Dijo que está pensando en suicidarse ahora mismo, o prefirió no decirlo.
rule-phq-item-9 = Varios de los últimos 14 días pensó que estaría mejor sin vida o en hacerse daño.
rule-phq-item-9-often =
    { $points ->
        [2] Más de la mitad de los últimos 14 días pensó que estaría mejor sin vida o en hacerse daño.
       *[other] Casi todos los últimos 14 días pensó que estaría mejor sin vida o en hacerse daño.
    }
rule-phq-high = El PHQ-9 llega al menos a { $points } de 27.
rule-phq-moderate = El PHQ-9 dio { $points } de 27.
rule-phq-rise = El PHQ-9 llega al menos a { $points } de 27. El anterior dio { $last }.
rule-gad-high = El GAD-7 llega al menos a { $points } de 21.
rule-gad-moderate = El GAD-7 dio { $points } de 21.
rule-bam-use = Contó consumo en el formulario semanal: Consumo llega al menos a { $points } de 12.
rule-bam-risk = Riesgo, en el formulario semanal, llega al menos a { $points } de 24.
rule-bam-protective = Protección, en el formulario semanal, dio { $points } de 24.
rule-bam-protective-lasting = Protección, en el formulario semanal, dio { $points } de 24, y { $last } la vez anterior.
rule-bam-extreme =
    { $what ->
        [urges] Las ganas le molestaron muchísimo en los últimos 7 días.
        [confidence] No tiene nada de confianza para los próximos 7 días.
       *[both] Las ganas le molestaron muchísimo en los últimos 7 días, y no tiene nada de confianza para los próximos 7.
    }
rule-bam-worse =
    { $what ->
        [risk] Riesgo, en el formulario semanal, subió de { $last } a { $points } de 24.
       *[protective] Protección, en el formulario semanal, bajó de { $last } a { $points } de 24.
    }
rule-bam-conflict = Las discusiones le molestaron bastante en los últimos 7 días.
rule-help-asked = Pidió ayuda inmediata.
rule-talk-asked = Pidió hablar con su consejero o consejera.
rule-left-programme = Dejó el bot con /stop.
rule-message-unread = El bot falló con un mensaje suyo, así que nadie sabe qué decía. Por favor, pregúntale.
rule-words-emergency = Escribió algo que puede referirse a { words-about }. Puede haber una vida en peligro ahora mismo.
rule-words-urgent = Escribió algo que puede referirse a { words-about }. Puede que no esté a salvo.
rule-words-same-day = Escribió algo que puede referirse a { words-about }. Por favor, habla hoy con esta persona.
rule-words-digest = Escribió algo que puede referirse a { words-about }. Sin alerta; vale la pena preguntarle la próxima vez.
rule-broken-rule = La regla «{ $rule }» falló y no pudo revisar lo que dijo. Por favor, revísalo tú y pregúntale.

words-about =
    { $category ->
        [self-harm] suicidio o autolesiones
        [overdose] una sobredosis
        [withdrawal] una abstinencia grave
        [violence] violencia
        [other-in-danger] otra persona en peligro
        [help] que necesita ayuda
        [lapse] haber bebido o consumido
        [sourcing] conseguir u ofrecer drogas
        [none] un momento difícil
       *[other] algo que el bot no supo clasificar
    }

# Lo que busca cada regla, con los números vigentes, para quien lee la tabla de reglas.
about-use-reported = Dijo que bebió o consumió desde el último registro
about-not-safe-now = Después de consumir: ahora mismo no está a salvo, o no lo sabe bien
about-opioid-after-break = Un opioide, o una pastilla o polvo sin saber qué era, tras { $break_days } días o más sin consumir
about-opioid-alone = Un opioide, o una pastilla o polvo sin saber qué era, y sin nadie al lado
about-opioid-mixed = Un opioide mezclado con sedantes, alcohol o estimulantes, tras una pausa o sin nadie al lado
about-use-kept-private = Prefirió no decir si consumió, { $private_row } veces seguidas
about-medication-gap = La medicación para la recuperación se acabó o se dejó
about-craving-high = Ganas más fuertes en las últimas 24 horas: { $craving_high } o más de 10
about-craving-lasting = Ganas de { $craving_combined } o más en 2 de 3 días
about-craving-unsure = Ganas de { $craving_combined } o más con confianza de { $confidence_low } o menos
about-craving-risk-ahead = Ganas de { $craving_combined } o más con una situación difícil por delante
about-craving-above-own = Ganas { $craving_rise } o más por encima de lo habitual suyo en 14 días
about-risk-ahead = Una situación difícil en las próximas 24 horas
about-argument = Una discusión
about-mood-low = Ánimo de { $mood_low } o menos de 10
about-mood-below-own = Ánimo { $mood_drop } o más por debajo de lo habitual suyo en 14 días
about-mood-lasting = Ánimo bajo en 2 de 3 días
about-confidence-low = Confianza en no consumir de { $confidence_low } o menos de 10
about-confidence-lasting = Confianza de { $confidence_low } o menos 2 días seguidos
about-sleep-bad = Sueño muy malo { $sleep_nights } noches seguidas
about-sleep-bad-craving = Sueño muy malo { $sleep_nights } noches seguidas con ganas de { $craving_sleepless } o más
about-silent-notice = { $silence_notice } registros seguidos sin respuesta
about-silent-long = { $silence_long } registros seguidos sin respuesta, y cada { $silence_long } más
about-silent-early = { $silence_early } registros seguidos sin respuesta en los primeros { $silence_watch } días, tras una recaída o con opioides
about-asq-unanswered = Preguntas sobre suicidio sin terminar en 30 minutos
about-own-form-digest = Un rango del formulario propio que su archivo marca para el resumen
about-own-form-same-day = Un rango del formulario propio que su archivo marca para hoy
about-own-form-urgent = Un rango del formulario propio que su archivo marca como urgente
about-own-form-emergency = Un rango del formulario propio que su archivo marca como emergencia
about-asq-positive = Un sí, o sin respuesta, en alguna pregunta sobre suicidio (ASQ)
about-asq-acute = Un sí, o sin respuesta, a pensar en suicidarse ahora mismo (ASQ)
about-phq-item-9 = PHQ-9, pregunta 9: varios días
about-phq-item-9-often = PHQ-9, pregunta 9: más de la mitad de los días
about-phq-high = PHQ-9 de { $phq_high } o más
about-phq-moderate = PHQ-9 desde { $phq_moderate } hasta llegar a { $phq_high }
about-phq-rise = PHQ-9 { $phq_rise } o más por encima del anterior
about-gad-high = GAD-7 de { $gad_high } o más
about-gad-moderate = GAD-7 desde { $gad_moderate } hasta llegar a { $gad_high }
about-bam-use = Formulario semanal: Consumo de { $bam_use } o más
about-bam-risk = Formulario semanal: Riesgo de { $bam_risk } o más
about-bam-protective = Formulario semanal: Protección de { $bam_protective } o menos
about-bam-protective-lasting = Formulario semanal: Protección de { $bam_protective } o menos dos veces seguidas
about-bam-extreme = Formulario semanal: las ganas molestan muchísimo, o nada de confianza
about-bam-worse = Formulario semanal: Riesgo sube o Protección baja { $bam_change } o más
about-bam-conflict = Formulario semanal: molestia por discusiones de { $bam_conflict } o más de 4
about-help-asked = Pidió ayuda inmediata
about-talk-asked = Pidió hablar con su consejero o consejera
about-left-programme = Dejó el bot
about-message-unread = El bot falló con un mensaje suyo
about-words-emergency = Escribió algo que puede indicar una vida en peligro ahora mismo
about-words-urgent = Escribió algo que puede indicar que alguien no está a salvo
about-words-same-day = Escribió algo que su consejero o consejera debería saber hoy
about-words-digest = Escribió algo sobre ganas de consumir o un momento difícil
about-broken-rule = Una regla falló y no pudo revisar

# Lo que habría dejado callada a una regla. Cada uno va después de «No habría avisado con:».
silent-if = <i>No habría avisado con: { $changes }.</i>
silent-or = o
silent-at-most = { $fact } en { $value } o menos
silent-at-least = { $fact } en { $value } o más
measure-craving = las ganas
measure-confidence = la confianza
measure-mood = el ánimo
measure-silent-row = los registros sin respuesta
measure-phq-9 = el PHQ-9
measure-gad-7 = el GAD-7
measure-bam-use = Consumo
measure-bam-risk = Riesgo
measure-bam-protective = Protección
measure-bam-conflict = la molestia por discusiones
without-use = ningún consumo
without-not-safe = la certeza de estar a salvo
without-opioid = ningún opioide ni nada desconocido
without-break = ninguna pausa antes
without-alone = alguien a su lado
without-mixing = ninguna mezcla
without-private = una respuesta sobre el consumo
without-medication-gap = la medicación sin interrupción
without-ahead = nada difícil por delante
without-argument = ninguna discusión
without-days-before = días mejores justo antes
without-day-before = un día mejor antes
without-nights-before = noches mejores justo antes
without-bad-night = una noche mejor
without-early = un momento más tranquilo
without-asq-unanswered = una respuesta a tiempo
without-own-band = respuestas en un rango más bajo
without-asq-yes = cuatro veces no
without-asq-now = un no a «ahora mismo»
without-item-9 = ningún pensamiento así
without-bam-extreme = una respuesta más suave
without-bam-change = lo mismo que la vez anterior
without-help-asked = ninguna petición de ayuda
without-talk-asked = ninguna petición de hablar
without-left = seguir en el bot
without-unread = un mensaje legible para el bot
without-words = otras palabras

# Lo que hay detrás de una alerta, además de sus razones.
answers-head = <b>Respuestas: { $title }</b> · { $day }
answer-line = { $what }: { $answer }
usual-head = <b>Frente a sus propios últimos 14 días</b>
usual-line = { $what }: { $now }; lo habitual es { $median } ({ $days } días)
usual-unknown = <i>Todavía hay muy pocos días para saber qué es lo habitual en esta persona.</i>
noticed-head = <b>También se notó en los últimos 7 días, sin alerta</b>
more-left-out = <i>Hay más de lo que cabe aquí.</i>
short-use = Consumo
short-safe-now = A salvo ahora
short-substance = Qué fue
short-alone = A solas
short-when = Cuándo
short-craving = Ganas
short-confidence = Confianza
short-mood = Ánimo
short-feelings = Lo que siente
short-sleep = Sueño (de 0 a 4)
short-ahead = Algo difícil por delante
short-medication = Medicación
short-help = Del equipo
