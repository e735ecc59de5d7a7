# Negativas amables. Pueden salir como aviso emergente: sin HTML y con 200 caracteres como máximo.

refused-not-participant = Esta parte es para quienes entraron con un enlace de invitación. Pídelo a tu consejero o consejera. Si necesitas ayuda ahora, envía /now.
refused-not-in = Aquí no tienes cuenta, así que no hay nada que cerrar. Si necesitas ayuda ahora, envía /now.
refused-not-yours = No puedo abrirte eso.
refused-staff-only = Solo pueden hacerlo ciertas personas del equipo del programa.
refused-old-button = Este botón ya no funciona. /help muestra qué puedes hacer. Si necesitas ayuda ahora, envía /now.
refused-unknown-command = No conozco ese comando. /help muestra los que conozco. Si necesitas ayuda ahora, envía /now.
refused-media = No puedo leer fotos, audios ni archivos. No se guardó, y aquí nadie lo ve. Escríbelo, por favor, o envía /now si necesitas ayuda ahora.

refused-check-in-closed = El día de este registro ya pasó y no se puede cambiar. Pronto viene el siguiente.
refused-no-snooze = No puedo dejarlo para más tarde otra vez. Puedes responder hasta que termine tu día, o dejarlo.
refused-asked-today = Eso ya se le preguntó hoy. Mañana se puede volver a preguntar.
refused-unknown-answer = No entendí esa respuesta. Toca uno de los botones, por favor.
refused-finish-welcome = Primero unas preguntas cortas y listo. Envía /start, por favor. Si necesitas ayuda ahora, envía /now.
refused-language = Hablo español e inglés. Toca uno de los dos, por favor.
refused-time = No entendí esa hora. Escríbela así, por favor: 19:30 o 7:30 pm.
refused-sober = No lo entendí. Escribe un número de días, por ejemplo 12, o una fecha que ya pasó, por ejemplo 2026-01-05.
refused-zone = No conozco ese lugar. Escribe la ciudad grande más cercana, por favor.
refused-alias-empty = Ese nombre no tiene letras. Escribe uno con letras o números, por favor.
refused-alias-long = Elige un nombre de { $most } letras como máximo, que no empiece con una barra, por favor.

refused-invite-unknown = No conozco este enlace de invitación. Pide uno nuevo, por favor. Si necesitas ayuda ahora, envía /now.
refused-invite-spent = Este enlace de invitación ya se usó. Pide uno nuevo, por favor. Si necesitas ayuda ahora, envía /now.
refused-invite-expired = Este enlace de invitación ya venció. Pide uno nuevo, por favor. Si necesitas ayuda ahora, envía /now.
refused-invite-other-side = Esta invitación no es para ti: nadie puede participar y estar en el equipo de atención a la vez. Pide otra, por favor.
refused-already-in = Ya estás dentro. No hace falta nada más.
refused-no-staff = Todavía no hay nadie de consejería disponible, así que nadie puede entrar. Avisa a tu programa, por favor. Si necesitas ayuda ahora, envía /now.

refused-no-such-counselor = No hay nadie de consejería ni de supervisión con ese número.
refused-counselor-unreachable = No puedo escribirle a esa persona, y sus alertas se perderían. Primero tiene que abrir este chat.
refused-case-code = Un código de caso tiene de 1 a 20 caracteres, sin dos puntos.
refused-case-taken = Ese código de caso ya está en uso.
refused-no-such-staff = Nadie con ese número tiene esa función.
refused-no-such-row = Ninguna fila en espera tiene ese número.
refused-newer-page = Llegó algo nuevo sobre esta alerta. Espera el mensaje nuevo o toca antes «{ alert-button-open }», y vuelve a intentarlo.
