# Consejos: las palabras a su alrededor. Los consejos están en content/tips.

tip-head = <b>Algo que puedes probar ahora mismo</b>
tip-of-the-day = <b>Un consejo para hoy</b>
tip-beside = <b>Para hoy</b>
tip-do-now = Haz esto ahora:
tip-foot = ¿Sigue siendo difícil? Toca <b>{ key-talk }</b>.
tip-helpful = 👍 Me sirve
tip-not-helpful = 👎 No es para mí
tip-daily-want = ⏰ ¿Un consejo al día?
tip-daily-is = ⏰ Consejo diario: { $time }
tip-daily-change = ⏰ Cambiar o parar
tip-daily-on = Cada día a las <b>{ $time }</b> te llega un consejo.
tip-daily-off = Si quieres, te envío un consejo al día. Por ahora no lo hago.
tip-daily-ask = Toca una hora o escríbela, por ejemplo 19:30.
tip-daily-stop = Sin consejo diario
tip-daily-set = ✓ Un consejo cada día a las <b>{ $time }</b>. Puedes cambiarlo o pararlo debajo de cualquier consejo.
tip-daily-stopped = ✓ Sin consejo diario. Puedes pedir uno con /tip cuando quieras.
