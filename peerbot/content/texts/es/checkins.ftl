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
check-in-day-over = Ese día ya pasó, y no pasa nada. Habrá otro registro. Si quieres hablar antes, toca <b>{ key-talk }</b>.

said-use = Alcohol u otras drogas: { $answer }
said-mood = Ánimo: { $answer }
said-craving = Las ganas más fuertes: { $answer }
answer-of = { $value } de { $high }

button-back = ← Atrás
button-change = ✏️ Cambiar una respuesta
