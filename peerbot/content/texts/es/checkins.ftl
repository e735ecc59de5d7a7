# El registro diario, de la primera pregunta al agradecimiento.

check-in-progress = {$step}/{$of}
check-in-ends = <i>{ $low } = { $low_label } · { $high } = { $high_label }</i>
check-in-thanks = <b>Listo. Gracias por tomarte este momento.</b>
check-in-thanks-lapse =
    <b>Hace falta valor para decirlo, y qué bueno que estás aquí.</b>
    Un día difícil no borra los días de antes. Puedes volver a empezar desde ahora mismo.
check-in-who-reads =
    Tu consejero o consejera puede leerlo en horario de trabajo. Si quieres hablar antes, toca <b>{ key-talk }</b>.
check-in-next = Próximo registro: <b>{ $time }</b>
check-in-next-session = Próximo encuentro de { $group }: <b>{ $time }</b>
check-in-day-over = Ese día ya pasó, y no pasa nada. Habrá otro registro. Si quieres hablar antes, toca <b>{ key-talk }</b>.

said-use = Alcohol u otras drogas: { $answer }
said-craving = Las ganas más fuertes: { $answer }
said-confidence = Confianza: { $answer }
said-mood = Ánimo: { $answer }
said-sleep = Sueño: { $answer }
said-medication = Medicación: { $answer }
answer-of = { $value } de { $high }

button-back = ← Atrás
button-change = ✏️ Cambiar una respuesta

check-in-type-text = <i>Escríbelo aquí, sin más.</i>
check-in-type-time = <i>Escribe la hora, por ejemplo 22:30.</i>
check-in-reminder = <b>Un recordatorio, con cariño.</b> Tienes hasta las { $until } si quieres hacer tu registro de hoy.
check-in-put-off = <b>Aquí estoy otra vez, como pediste.</b> Tienes hasta las { $until }.
check-in-snoozed = De acuerdo. Vuelvo a las <b>{ $time }</b>. También puedes empezar antes.
check-in-stopped = En pausa. Lo que ya respondiste queda guardado y tu equipo puede verlo. Puedes seguir hasta las { $until }.
check-in-part-done = <b>Lista la parte { $step } de { $of }.</b> ¿Quieres seguir o prefieres un descanso?
check-in-continues = Este registro sigue más abajo. ↓
check-in-which-answer = <b>¿Qué respuesta quieres cambiar?</b>

answer-skipped = sin responder
answer-none = nada de esto

button-skip = Saltar
button-done = Listo ✓
button-none-of-these = Nada de esto
button-snooze = ⏰ En una hora
button-later = Más tarde
button-go-on = Seguir

# Los días, como se dicen. El día 0 es lunes.
day-name = { weekday } { day-short }
day-short =
    { $day } { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sep
        [10] oct
        [11] nov
       *[12] dic
    }
